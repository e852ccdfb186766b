import type { Consequence } from './plan.ts';
import type { TrailAnswer, TrailRecord } from './trail.ts';

/** The calls of STS by which credentials make others, that live for hours by themselves. */
export const OPENING = ['AssumeRole', 'GetFederationToken', 'GetSessionToken'] as const;

/**
 * The sessions that a principal opened in its last day by such calls; nothing where there are none. Each counts, by
 * the key that STS gave it: roles that are assumed live on when whoever assumed them is cut off.
 */
export function openedSessions(
  { records, truncated }: TrailAnswer,
  calls: readonly string[] = ['AssumeRole'],
): readonly Consequence[] {
  const opening = records.filter((record) => isOpening(record, calls));
  if (opening.length === 0) return [];
  const opened = new Set(opening.map((one) => one.responseElements?.credentials?.accessKeyId ?? one.eventID));
  return [
    {
      what: `sessions that it opened in the last 24 h (${calls.join(', ')}), which live on until they end`,
      count: truncated ? null : opened.size,
      evidence: "CloudTrail's event history (management events), last 24 h",
    },
  ];
}

function isOpening({ eventSource, eventName, errorCode }: TrailRecord, calls: readonly string[]): boolean {
  return eventSource === 'sts.amazonaws.com' && errorCode === undefined && calls.includes(eventName);
}
