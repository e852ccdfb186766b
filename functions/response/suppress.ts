import { boundedText } from '../core/bounded.ts';
import type { Finding } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import { suppressionPlace } from '../core/intake.ts';
import type { Claims, Clock, Ledger, TagProbe } from '../core/ports.ts';
import { tagValue } from '../core/reserved-tags.ts';
import {
  isExpired,
  principalsOf,
  type Suppression,
  speaksOf,
  suppressionDigest,
} from '../core/suppression.ts';
import { isWithin } from '../core/window.ts';
import { joinKeys, proposedIncident } from './correlate.ts';

export interface SuppressParts {
  readonly rules: readonly Suppression[];
  readonly ledger: Pick<Ledger, 'read' | 'appendOutside'>;
  readonly claims: Pick<Claims, 'holders'>;
  readonly tags: TagProbe;
  readonly clock: Clock;
  /** A rule that could not be asked, or would have held before its last day: it suppresses nothing, and people hear of it. */
  readonly report: (rule: Suppression, finding: Finding, problem: string) => void;
}

/**
 * Whether a rule lets this finding go unanswered; then it is recorded, whole, under the rule. Every delivery is judged
 * anew. Whatever goes wrong with a rule is no: the finding is taken in. Throws what keeps the record from being made.
 */
export async function suppress(eventId: string, finding: Finding, parts: SuppressParts): Promise<boolean> {
  const rule = await suppressingRule(finding, parts);
  if (!rule) return false;
  const { id, owner, expires } = rule;
  const { partition, command } = suppressionPlace(finding);
  await parts.ledger.appendOutside<'intake'>(partition, command, {
    type: 'finding-suppressed',
    eventId: boundedText(eventId, 200),
    rule: { id, owner, expires, digest: suppressionDigest(rule) },
    finding,
  });
  return true;
}

async function suppressingRule(finding: Finding, parts: SuppressParts): Promise<Suppression | undefined> {
  for (const rule of parts.rules) {
    try {
      if (await holds(rule, finding, parts)) return rule;
    } catch (error) {
      parts.report(rule, finding, String(error));
    }
  }
  return undefined;
}

async function holds(rule: Suppression, finding: Finding, parts: SuppressParts): Promise<boolean> {
  if (!speaksOf(rule, finding)) return false;
  if (rule.window && !isWithin(rule.window, new Date(finding.finding_info.modified_time))) return false;
  if (isExpired(rule, parts.clock())) {
    parts.report(rule, finding, `it expired on ${rule.expires}`);
    return false;
  }
  if (rule.tag && !(await carries(rule.tag, finding, parts.tags))) return false;
  return !(await isInvestigated(rule, finding, parts));
}

/** Whether every target that can have tags has this one. A key has none: it is as its user, who stands beside it. */
async function carries(
  { key, value }: NonNullable<Suppression['tag']>,
  finding: Finding,
  tags: TagProbe,
): Promise<boolean> {
  const targets = principalsOf(finding).filter(
    ({ part, kind }) => part === 'target' && kind !== 'access-key',
  );
  if (targets.length === 0 || targets.some(({ trust }) => trust !== 'asserted')) return false;
  for (const target of targets)
    if (tagValue(await tags.tagsOf(target, proposedIncident(finding)), key) !== value) return false;
  return true;
}

/** An attack that is being answered must not go on unseen because the next finding about it looks like the scanner's. */
async function isInvestigated(
  rule: Suppression,
  finding: Finding,
  { claims, ledger }: SuppressParts,
): Promise<boolean> {
  const { own, roles } = joinKeys(finding);
  const holders = await claims.holders([...own, ...roles]);
  const incidents = await Promise.all(holders.map((id) => ledger.read(id)));
  return incidents.some((incident) => isOpen(incident, rule));
}

/**
 * One that people were left with counts as open as well, unless it is about nothing but what the rule speaks of: else
 * the noise that a rule was written for would keep the rule from ever holding.
 */
function isOpen({ status, findings }: Incident, rule: Suppression): boolean {
  switch (status) {
    case 'empty':
    case 'closed':
      return false;
    case 'working':
    case 'awaiting-approval':
    case 'contained':
    // What it was merged into goes on.
    case 'merged':
      return true;
    case 'escalated':
      return !findings.every((one) => speaksOf(rule, one));
  }
}
