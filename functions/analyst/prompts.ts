import { digest } from '../core/canonical.ts';
import { callsOf, isFreelyNamed } from '../core/entity.ts';
import type { Evidence, Stage } from '../core/entry.ts';
import type { Finding } from '../core/finding.ts';
import type { Offer } from '../core/offer.ts';
import type { Surroundings } from '../core/own-environment.ts';
import { knownCaller, openChangeWindows } from '../core/owners-knowledge.ts';
import type { Briefing } from '../core/ports.ts';
import { findingExhibitId } from './exhibit.ts';
import { replaceTainted } from './pointer.ts';

/** `policies/prompts/*.md` by file name. */
export type Prompts = Readonly<Record<string, string>>;

/** What never changes between incidents, first: providers cache a prefix only while its bytes stay the same. */
export function systemText(stage: Stage, prompts: Prompts, environment: Surroundings): string {
  const texts = ['analyst.md', `${stage}.md`].map((name) => {
    const text = prompts[name];
    if (text === undefined) throw new Error(`the prompt ${name} is missing from policies/prompts`);
    return text.trim();
  });
  return [...texts, `# The owner's environment\n\n${asJson(environment)}`].join('\n\n');
}

/** The incident as a model is told of it. Deterministic: the same incident gives the same bytes. */
export function openingText(briefing: Briefing): string {
  const { incident, playbook, offers, environment, findings, entities, evidence } = briefing;
  const known = entities.map((entity) => {
    const { handle, kind, part, trust, account, region, id, made } = entity;
    const name = isFreelyNamed(entity) ? untrusted(id) : id;
    const calls = made ? `, made by ${callsOf(entity)}` : '';
    const caller = knownCaller(entity, environment);
    const owned = caller ? `, ${caller.is} of the owner (${caller.note})` : '';
    return `${handle} ${kind} (${part}, ${trust}${calls}) in ${account} ${region}: ${name}${owned}`;
  });
  return [
    `# Incident ${incident}`,
    `Playbook: ${playbook.title}. ${offers.length > 0 ? 'Actions allowed:' : 'No action is allowed.'}`,
    ...offers.map(offerText),
    ...changesText(briefing),
    '## Findings',
    ...findings.map(findingText),
    '## Entities',
    ...known,
    ...(evidence.length > 0 ? ['## Evidence so far', ...evidence.map(evidenceText)] : []),
  ].join('\n');
}

/** What the owner's people change at that time may be what was found; it excuses nothing by itself. */
function changesText({ findings, environment }: Briefing): string[] {
  const latest = findings.at(-1);
  const open = latest ? openChangeWindows(latest, environment) : [];
  return open.length > 0 ? [`The latest finding was written in the change window ${open.join(', ')}.`] : [];
}

/** Title and schema are ours: nothing in them comes from outside. */
function offerText({ id, title, targets, params, answers }: Offer): string {
  const made = answers ? `; of what was made it takes away ${answers.join(', ')}` : '';
  const asked = Object.keys(params.properties ?? {}).length > 0 ? `, params ${asJson(params)}` : '';
  return `- ${id}: ${title} (${targets.join(', ')})${asked}${made}`;
}

function findingText(finding: Finding): string {
  const { finding_info, severity, status, sample, cloud, facts, metadata, tainted } = finding;
  const { type, created_time, modified_time } = finding_info;
  const said = { type, created_time, modified_time, severity, status, sample, cloud, facts, metadata };
  const texts = tainted
    .slice(0, 40)
    .map(({ field, text }) => `${untrusted(field)} = ${untrusted(text.slice(0, 500))}`);
  return [
    `Cite as ${findingExhibitId(finding)} (pointers such as /facts/count).`,
    metadata.aws_owned ? asJson(said) : untrusted(asJson(said)),
    ...(texts.length > 0 ? ['Texts that an attacker may have written:', ...texts] : []),
  ].join('\n');
}

/** One answer of a tool. Shape and pointers stay; texts that an attacker may have written stand apart. */
export function evidenceText({ id, tool, target, status, output, tainted, truncated }: Evidence): string {
  const texts: string[] = [];
  const marked = replaceTainted(output, tainted, (text, pointer) => {
    texts.push(`${pointer} = ${untrusted(text)}`);
    return '(untrusted, below)';
  });
  return [
    `Evidence ${id}: ${tool} of ${target}, ${status}${truncated ? ', cut to fit' : ''}.`,
    asJson(marked),
    ...texts,
  ].join('\n');
}

/** A fence that its content cannot close: the content is one JSON string without angle brackets. */
function untrusted(text: string): string {
  return `<untrusted>${asJson(text)}</untrusted>`;
}

function asJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
}

/** The digest that a verdict names as what it was made with. */
export function promptsDigest(stage: Stage, prompts: Prompts, environment: Surroundings): string {
  return digest(systemText(stage, prompts, environment));
}
