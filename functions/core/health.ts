import * as z from 'zod';

const of = z.string().max(2048);
/** Why there is no value, in our own words; empty where there is one. */
const note = z.string().max(300);

/**
 * One thing by which the health of what a plan touches can be told, and what it said. A `value` of null could not be
 * read: it is neither healthy nor a regression.
 */
export const Sign = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('alarm'),
    /** The alarm's ARN, which ends in its name: anybody's text. */
    of,
    value: z.enum(['ok', 'alarm']).nullable(),
    /** When it last went from one state to another. */
    since: z.iso.datetime().nullable(),
    note,
  }),
  z.strictObject({
    kind: z.literal('healthy-targets'),
    /** The target group's ARN. */
    of,
    value: z.int().nonnegative().nullable(),
    /** How many of them are the plan's own targets, which a containment may take out. */
    own: z.int().nonnegative(),
    note,
  }),
  z.strictObject({
    kind: z.literal('error-rate'),
    /** The ARN of the target group or function. */
    of,
    /** The share of requests that failed, 0 to 1: over the last minutes, or since the change. */
    value: z.number().min(0).max(1).nullable(),
    /** The same right before the change; null until there was one. */
    before: z.number().min(0).max(1).nullable(),
    note,
  }),
]);
export type Sign = z.infer<typeof Sign>;

/** A sign that could not be read. */
export function unread(sign: Sign, note: string): Sign {
  if (sign.kind === 'alarm') return { ...sign, value: null, since: null, note };
  if (sign.kind === 'error-rate') return { ...sign, value: null, before: null, note };
  return { ...sign, value: null, note };
}

/** One sign that got worse after the change. `what` is in our own words. */
export const Regression = z.strictObject({ of, what: z.string().max(300) });
export type Regression = z.infer<typeof Regression>;

/** What a rise of the error rate must come to: five of a hundred requests more. Less comes and goes by itself. */
const RISE = 0.05;

/** The signs that got worse since the change. What either reading lacks is no regression. */
export function regressionsOf(
  baseline: readonly Sign[],
  observed: readonly Sign[],
  changedAt: Date,
): Regression[] {
  return observed.flatMap((sign) => {
    const earlier = baseline.find(({ kind, of: same }) => kind === sign.kind && same === sign.of);
    const what = earlier && worsening(earlier, sign, changedAt);
    return what ? [{ of: sign.of, what }] : [];
  });
}

function worsening(earlier: Sign, now: Sign, changedAt: Date): string | undefined {
  if (now.kind === 'alarm' && earlier.kind === 'alarm') return alarmed(earlier, now, changedAt);
  if (now.kind === 'healthy-targets' && earlier.kind === 'healthy-targets') return fewer(earlier, now);
  return now.kind === 'error-rate' ? failing(now) : undefined;
}

type SignOf<Kind extends Sign['kind']> = Extract<Sign, { kind: Kind }>;

/** One that went off between the plan and the change went off for another reason. */
function alarmed(earlier: SignOf<'alarm'>, now: SignOf<'alarm'>, changedAt: Date): string | undefined {
  if (earlier.value !== 'ok' || now.value !== 'alarm' || now.since === null) return undefined;
  return Date.parse(now.since) >= changedAt.getTime() ? 'the alarm went off after the change' : undefined;
}

/** A containment may take its own targets out of service, but not the others, nor the last one. */
function fewer(earlier: SignOf<'healthy-targets'>, now: SignOf<'healthy-targets'>): string | undefined {
  if (earlier.value === null || now.value === null || earlier.value === 0) return undefined;
  if (now.value > 0 && now.value >= earlier.value - earlier.own) return undefined;
  return `${now.value} of ${earlier.value} healthy targets are left`;
}

function failing({ value, before }: SignOf<'error-rate'>): string | undefined {
  if (value === null || before === null || value - before < RISE) return undefined;
  return `${percent(value)} of requests fail, ${percent(before)} before the change`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
