import { clip } from '../core/document.ts';
import type { Rule } from '../core/playbook.ts';
import type { Briefing } from '../core/ports.ts';
import type { Citation, Claim, Proposal, Verdict } from '../core/verdict.ts';
import { isUntainted, quotable } from './citations.ts';
import type { View } from './condition.ts';
import { decide } from './decide.ts';
import { type Exhibit, findingExhibitId } from './exhibit.ts';
import { parametersOf } from './parameters.ts';
import { resolvePointer } from './pointer.ts';
import { selectEntities } from './select.ts';
import { graver, severityFloor } from './severity.ts';
import { type Reading, readingsOf } from './views.ts';

/** A verdict with the reason in a line for the record of the turn. */
export interface RulesVerdict {
  readonly verdict: Verdict;
  readonly because: string;
}

/** The verdict of a playbook's rules on what is known. */
export function verdictByRules(briefing: Briefing, now: Date): RulesVerdict {
  const { playbook, evidence } = briefing;
  const cut = evidence.filter(({ truncated }) => truncated).map(({ tool }) => tool);
  const { decided, errors } = decide(playbook, readingsOf(briefing, now), cut.length === 0);
  if (!decided)
    return undetermined(briefing, [...errors, ...cut.map((tool) => `${tool}: the answer was cut`)]);
  const { rule, reading } = decided;
  const claims = claimsOf(rule, reading);
  const { proposals, unproposed } = proposalsOf(rule, briefing, reading);
  const verdict: Verdict = {
    disposition: rule.disposition,
    severity: rule.severity ?? severityFloor(briefing),
    confidence: rule.confidence,
    attack: rule.disposition === 'true-positive' ? [...playbook.attack] : [],
    summary: clip(`${playbook.title}. ${claims.map(({ text }) => text).join(' ')}`, 2000),
    claims,
    proposals,
  };
  const because = [`Rule ${rule.id} of ${playbook.id} holds.`, ...errors, ...unproposed].join(' ');
  return { verdict, because };
}

/** No rule decided: a person is told why. */
export function undetermined(briefing: Briefing, reasons: readonly string[]): RulesVerdict {
  const { playbook, findings, evidence } = briefing;
  const failures = evidence.filter(({ status }) => status !== 'found').map(describeFailure);
  const why = [...new Set([...reasons, ...failures])].slice(0, 12).join('; ');
  const because = `No rule of the playbook ${playbook.id} decides this${why ? `: ${why}` : ''}.`;
  const latest = findings.at(-1);
  return {
    because,
    verdict: {
      disposition: 'undetermined',
      severity: graver(severityFloor(briefing), 'Low'),
      confidence: 0,
      attack: [...playbook.attack],
      summary: clip(`${playbook.title}. ${because} A person must look.`, 2000),
      claims: latest
        ? [
            {
              text: 'This is what was reported.',
              cites: [
                {
                  evidence: findingExhibitId(latest),
                  pointer: '/finding_info/type',
                  value: latest.finding_info.type,
                },
              ],
            },
          ]
        : [],
      proposals: [],
    },
  };
}

function describeFailure({ tool, target, status }: Briefing['evidence'][number]): string {
  return status === 'not-found' ? `${tool}: ${target} was not found` : `${tool}: no answer about ${target}`;
}

/** A rule's claims with what they quote. A cite that leads nowhere is dropped; a claim without one is not made. */
function claimsOf({ claims }: Rule, { exhibits }: Reading): Claim[] {
  return claims.flatMap(({ text, cites }) => {
    const cited = cites.flatMap(({ tool, pointer }) => citation(exhibits.get(tool), pointer));
    if (cited.length === 0) return [];
    const words = text.replaceAll(/\{(\d)\}/g, (_, index) => wordOf(cited[Number(index)]));
    return [{ text: clip(words, 600), cites: cited.map(({ cite }) => cite) }];
  });
}

interface Cited {
  readonly cite: Citation;
  readonly untainted: boolean;
}

function citation(exhibit: Exhibit | undefined, pointer: string): Cited[] {
  const value = quotable(resolvePointer(exhibit?.document, pointer));
  if (!exhibit || value === undefined) return [];
  return [{ cite: { evidence: exhibit.id, pointer, value }, untainted: isUntainted({ pointer }, exhibit) }];
}

/** What an attacker wrote is never repeated in our own sentence. */
function wordOf(cited: Cited | undefined): string {
  if (!cited) return 'unknown';
  if (cited.cite.value === null) return 'none';
  return cited.untainted ? clip(String(cited.cite.value), 120) : '(text from outside)';
}

/** The rule's actions on every entity that its selectors mean and that is more than a claim. */
function proposalsOf({ propose }: Rule, { entities }: Briefing, { view }: Reading) {
  const proposals: Proposal[] = [];
  const unproposed: string[] = [];
  for (const step of propose) {
    const { action, target } = step;
    const named = selectEntities(target, entities).filter(({ trust }) => trust !== 'claimed');
    if (named.length === 0) continue;
    const worked = workedOut(step, view);
    if ('unknown' in worked) {
      unproposed.push(`${action} is left out: ${worked.unknown}.`);
      continue;
    }
    const { only, params } = worked;
    const meant = named.filter(({ id }) => only === undefined || id === only);
    proposals.push(...meant.map(({ handle }) => ({ action, target: handle, params })));
  }
  return { proposals: proposals.slice(0, 12), unproposed };
}

/** Which entity alone is meant, if one is, and the parameters; or why one of them is not known. */
function workedOut({ only, params, from }: Rule['propose'][number], view: View) {
  const which = parametersOf(only === undefined ? {} : { only }, view);
  const worked = parametersOf(from, view);
  if ('unknown' in which) return which;
  if ('unknown' in worked) return worked;
  return { only: which.params.only, params: { ...params, ...worked.params } };
}
