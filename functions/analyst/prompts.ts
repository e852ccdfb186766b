import { digest } from '../core/canonical.ts';
import { isFreelyNamed } from '../core/entity.ts';
import type { Evidence, Stage } from '../core/entry.ts';
import type { Finding } from '../core/finding.ts';
import type { Offer } from '../core/offer.ts';
import type { Briefing } from '../core/ports.ts';
import { findingExhibitId } from './exhibit.ts';
import { replaceTainted } from './pointer.ts';

/** `policies/prompts/*.md` by file name. */
export type Prompts = Readonly<Record<string, string>>;

/** What never changes between incidents, first: providers cache a prefix only while its bytes stay the same. */
export function systemText(stage: Stage, prompts: Prompts): string {
  return ['analyst.md', `${stage}.md`]
    .map((name) => {
      const text = prompts[name];
      if (text === undefined) throw new Error(`the prompt ${name} is missing from policies/prompts`);
      return text.trim();
    })
    .join('\n\n');
}

/** The incident as a model is told of it. Deterministic: the same incident gives the same bytes. */
export function openingText(briefing: Briefing): string {
  const { incident, playbook, offers, environment, findings, entities, evidence } = briefing;
  const known = entities.map(({ handle, kind, part, trust, account, region, id }) => {
    const name = isFreelyNamed({ kind, trust }) ? untrusted(id) : id;
    return `${handle} ${kind} (${part}, ${trust}) in ${account} ${region}: ${name}`;
  });
  return [
    `# Incident ${incident}`,
    `Playbook: ${playbook.title}. ${offers.length > 0 ? 'Actions allowed:' : 'No action is allowed.'}`,
    ...offers.map(offerText),
    `The owner's environment: ${asJson(environment)}`,
    '## Findings',
    ...findings.map(findingText),
    '## Entities',
    ...known,
    ...(evidence.length > 0 ? ['## Evidence so far', ...evidence.map(evidenceText)] : []),
  ].join('\n');
}

/** Title and schema are ours: nothing in them comes from outside. */
function offerText({ id, title, targets, params }: Offer): string {
  const asked = Object.keys(params.properties ?? {}).length > 0 ? `, params ${asJson(params)}` : '';
  return `- ${id}: ${title} (${targets.join(', ')})${asked}`;
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
export function promptsDigest(stage: Stage, prompts: Prompts): string {
  return digest(systemText(stage, prompts));
}
