import * as z from 'zod';
import { callsOf, mayBeChanged } from '../core/entity.ts';
import type { Offer } from '../core/offer.ts';
import type { Briefing, ToolSpec } from '../core/ports.ts';
import { type Proposal, Verdict } from '../core/verdict.ts';
import { checkClaims } from './citations.ts';
import { dismisses } from './condition.ts';
import { exhibitsOf } from './exhibit.ts';
import { graver, severityFloor } from './severity.ts';

/** The tool through which an analyst answers. */
export const SUBMIT = 'submit';

export const submitSpec: ToolSpec = {
  name: SUBMIT,
  description:
    'Ends this stage with your verdict. Every claim cites evidence by id, JSON pointer and exact value.',
  inputSchema: z.toJSONSchema(Verdict),
};

/** A verdict that was taken, with what the check of its claims found; or why it was refused. */
export type Submission =
  | {
      readonly status: 'taken';
      readonly verdict: Verdict;
      readonly struck: number;
      readonly untainted: number;
    }
  | { readonly status: 'refused'; readonly reason: string };

/**
 * Parses an answer and holds it to the rules: claims are checked against what they cite, proposals come from closed
 * sets, and a dismissal without a claim that rests on what no attacker can write is no dismissal.
 */
export function takeSubmission(input: unknown, briefing: Briefing): Submission {
  const parsed = Verdict.safeParse(input);
  if (!parsed.success) return { status: 'refused', reason: z.prettifyError(parsed.error) };
  const problems = parsed.data.proposals.flatMap((proposal) => problemsOf(proposal, briefing));
  if (problems.length > 0) return { status: 'refused', reason: problems.join('; ') };
  const { claims, struck, untainted } = checkClaims(parsed.data.claims, exhibitsOf(briefing));
  const verdict = settled({ ...parsed.data, claims: [...claims] }, untainted, briefing);
  return { status: 'taken', verdict, struck, untainted };
}

function problemsOf({ action: id, target, params }: Proposal, { offers, entities }: Briefing): string[] {
  const offer = offers.find((one) => one.id === id);
  const entity = entities.find(({ handle }) => handle === target);
  const allowed = offers.map((one) => one.id).join(', ') || 'none';
  if (!offer) return [`${id} is not an action of this playbook; allowed are ${allowed}`];
  if (!entity) return [`${target} is not an entity of this incident`];
  if (entity.trust === 'claimed')
    return [`${target} is only claimed, and a claim cannot be the target of a change`];
  if (!mayBeChanged(entity, offer.answers))
    return [`${id} does not answer what was made of ${target}: ${callsOf(entity)}`];
  if (!offer.targets.includes(entity.kind))
    return [`${id} cannot act on ${target}, which is a ${entity.kind}`];
  const checked = paramsOf(offer).safeParse(params);
  return checked.success ? [] : [`parameters of ${id}: ${z.prettifyError(checked.error)}`];
}

const parsers = new WeakMap<Offer, z.ZodType>();

/** What JSON Schema cannot say of the parameters, planning checks again. */
function paramsOf(offer: Offer): z.ZodType {
  const parser = parsers.get(offer) ?? z.fromJSONSchema(offer.params);
  parsers.set(offer, parser);
  return parser;
}

/** What text from outside may not do: close, lower the severity, or act on what is called harmless. */
function settled(verdict: Verdict, untainted: number, briefing: Briefing): Verdict {
  if (!dismisses(verdict)) return { ...verdict, severity: graver(verdict.severity, severityFloor(briefing)) };
  if (untainted > 0) return { ...verdict, proposals: [] };
  return {
    ...verdict,
    disposition: 'undetermined',
    confidence: 0,
    severity: graver(verdict.severity, severityFloor(briefing)),
    summary:
      `Called ${verdict.disposition}, but no claim rests on what an attacker cannot write. ${verdict.summary}`.slice(
        0,
        2000,
      ),
    proposals: [],
  };
}
