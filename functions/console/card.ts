import { type Decision, Mode } from '../core/decision.ts';
import type { Incident } from '../core/incident.ts';
import type { OwnersKnowledge } from '../core/owners-knowledge.ts';
import { ownersLines } from '../core/owners-words.ts';
import { printable } from '../core/printable.ts';
import { runbookOfVerdict } from '../core/runbook.ts';
import { type CardAction, cardAction } from './card-action.ts';
import { custodyLines } from './custody.ts';

/** A finding as the card names it. */
interface CardFinding {
  readonly title: string;
  readonly type: string;
  readonly source: string;
  readonly severity: string;
  readonly sample: boolean;
  /** `archived`, `resolved` or `suppressed` where its source says so; empty while it is active. */
  readonly putAside: string;
}

/** What an analyst said: shown apart, and labelled as advice that an attacker may have influenced. */
export interface CardAdvice {
  readonly analyst: string;
  readonly disposition: string;
  readonly confidence: string;
  /** Its paragraphs. */
  readonly summary: readonly string[];
  readonly claims: readonly string[];
  readonly untainted: number;
  readonly struck: number;
}

/**
 * What a person decides on, made by our code from the manifest and the ledger alone. Page, mail and Slack render this
 * one model. Every text went through `printable`; escaping for the medium is what is left to do.
 */
export interface Card {
  readonly incident: string;
  readonly headline: string;
  readonly account: string;
  readonly region: string;
  readonly severity: string;
  readonly actions: readonly CardAction[];
  /** What was proposed and could not be planned, and why. */
  readonly notPlanned: readonly string[];
  /** What the owner's file says: whom to ask, what is at stake, who called. */
  readonly known: readonly { readonly label: string; readonly value: string }[];
  readonly lease: string;
  readonly mode: string;
  /** One line per combination of people that would do: "an owner", "an owner and a responder". */
  readonly needs: readonly string[];
  readonly policies: readonly string[];
  readonly approvals: readonly string[];
  readonly findings: readonly CardFinding[];
  readonly evidence: readonly { readonly tool: string; readonly target: string; readonly status: string }[];
  /** What is kept for forensics, a line for each bundle. */
  readonly custody: readonly string[];
  readonly advice?: CardAdvice;
  /** Where the page for people stands that goes with the playbook. */
  readonly runbook?: string;
  readonly manifestHash: string;
  readonly shortHash: string;
  readonly expiresAt?: string;
}

/** The card of the incident's current plan; nothing while there is none. */
export function approvalCard(incident: Incident): Card | undefined {
  const { plan, decision, request } = incident;
  if (!plan) return undefined;
  const { manifest, manifestHash } = plan;
  const actions = manifest.actions.map((action) => cardAction(action, plan.blastRadius[action.id] ?? []));
  return {
    incident: printable(incident.id),
    headline: headlineOf(actions),
    account: oneOrMore(actions.map(({ account }) => account)),
    region: oneOrMore(actions.map(({ region }) => region)),
    severity: severityOf(incident),
    actions,
    notPlanned: (plan.refused ?? []).map(({ action, message }) => printable(`${action}: ${message}`, 600)),
    known: knownLines(plan.known),
    lease: duration(manifest.leaseSeconds),
    mode: decision?.mode ?? Mode.enum.observe,
    needs: decision ? needsOf(decision.decision) : [],
    policies: decision?.decision.policies.map((id) => printable(id)) ?? [],
    approvals: incident.approvals
      .filter((approval) => approval.purpose === 'execute' && approval.manifestHash === manifestHash)
      .map((approval) => printable(approval.approver)),
    findings: incident.findings.map(cardFinding),
    evidence: incident.evidence.map(({ tool, target, status }) => ({
      tool: printable(tool),
      target: printable(target),
      status: status === 'not-found' ? 'nothing found' : status,
    })),
    custody: custodyLines(incident),
    ...adviceOf(incident),
    ...runbookLine(incident),
    manifestHash,
    shortHash: manifestHash.slice(0, 12),
    ...(request ? { expiresAt: request.expiresAt } : {}),
  };
}

/** The owner's words, and names that findings gave. */
export function knownLines(known: OwnersKnowledge | undefined): Card['known'] {
  return ownersLines(known).map(({ label, value }) => ({ label, value: printable(value, 600) }));
}

/** The verdict's severity; before there is one, the worst that a finding claims. */
export function severityOf(incident: Incident): string {
  return incident.verdict?.verdict.severity ?? incident.findings.at(-1)?.severity ?? 'unknown';
}

function cardFinding(finding: Incident['findings'][number]): CardFinding {
  return {
    title: printable(finding.finding_info.title),
    type: printable(finding.finding_info.type),
    source: printable(finding.metadata.product || finding.metadata.source),
    severity: finding.severity,
    sample: finding.sample,
    putAside: finding.status === 'New' ? '' : finding.status.toLowerCase(),
  };
}

function runbookLine({ verdict }: Incident): { runbook?: string } {
  const runbook = runbookOfVerdict(verdict);
  return runbook === undefined ? {} : { runbook: printable(runbook) };
}

function adviceOf({ verdict }: Incident): { advice?: CardAdvice } {
  if (!verdict) return {};
  const { disposition, confidence, summary, claims } = verdict.verdict;
  return {
    advice: {
      analyst: printable(verdict.analyst),
      disposition,
      confidence: `${Math.floor(confidence * 100 + 1e-9)}%`,
      summary: summary
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .slice(0, 12)
        .map((line) => printable(line, 800)),
      claims: claims.slice(0, 12).map((claim) => printable(claim.text, 400)),
      untainted: verdict.untainted,
      struck: verdict.struck,
    },
  };
}

function headlineOf(actions: readonly CardAction[]): string {
  const names = [...new Set(actions.map(({ title }) => title))];
  const [first = 'Nothing', ...rest] = names;
  const what = [first, ...rest.map((name) => name.charAt(0).toLowerCase() + name.slice(1))];
  const on = [...new Set(actions.map(({ target }) => target))];
  return `${inWords(what)}: ${on.length > 2 ? `${on.length} targets` : inWords(on)}`;
}

function needsOf(decision: Decision): string[] {
  if (decision.outcome !== 'needs-approval') return [];
  return decision.required.map((roles) =>
    inWords(roles.map((role) => `${role === 'owner' ? 'an' : 'a'} ${role}`)),
  );
}

function oneOrMore(values: readonly string[]): string {
  return [...new Set(values)].join(', ');
}

export function inWords(items: readonly string[], word = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** A length of time in the largest unit that fits without a rest: "24 hours", "90 minutes". */
export function duration(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  const [unit, length] = units.find(([, size]) => seconds >= 2 * size && seconds % size === 0) ?? [
    'second',
    1,
  ];
  const count = Math.round(seconds / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
