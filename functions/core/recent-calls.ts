import { serviceOf } from './activity.ts';
import type { Consequence } from './plan.ts';
import type { TrailAnswer, TrailQuestion } from './trail.ts';

const DAY = 24 * 60 * 60 * 1000;
const EVIDENCE = "CloudTrail's event history (management events), last 24 h";

/** The input of LookupEvents for one page of the days before `now`; 50 is its largest page. */
export function lookupInput({ attribute, value, nextToken }: TrailQuestion, now: Date, days = 1) {
  return {
    LookupAttributes: [{ AttributeKey: attribute, AttributeValue: value }],
    StartTime: new Date(now.getTime() - days * DAY),
    EndTime: now,
    MaxResults: 50,
    NextToken: nextToken,
  };
}

/**
 * What a principal's last day says about who will miss it; a truncated answer counts as large. `origin` says which of
 * its calls the answer holds, where that is not all: ` from the console`.
 */
export function recentCalls({ records, truncated }: TrailAnswer, origin = ''): readonly Consequence[] {
  const succeeded = records.filter((record) => record.errorCode === undefined);
  const services = [...new Set(succeeded.map(serviceOf))].sort();
  const sessions = new Set(records.map((record) => record.userIdentity.accessKeyId ?? ''));
  const count = (number: number) => (truncated ? null : number);
  return [
    {
      what: `successful calls${origin} in the last 24 h`,
      count: count(succeeded.length),
      evidence: EVIDENCE,
    },
    {
      what: `services used${origin} in the last 24 h: ${services.join(', ').slice(0, 240) || 'none'}`,
      count: count(services.length),
      evidence: EVIDENCE,
    },
    {
      what: `credentials that called${origin} in the last 24 h`,
      count: count(sessions.size),
      evidence: EVIDENCE,
    },
  ];
}
