import { serviceOf } from './activity.ts';
import { boundedList } from './bounded.ts';
import { parseAddress } from './network.ts';
import type { Consequence } from './plan.ts';
import type { TrailAnswer, TrailQuestion, TrailRecord } from './trail.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Addresses that a card spells out. */
const LISTED = 4;
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
  const keys = distinct(records, ({ userIdentity }) => userIdentity.accessKeyId);
  const addresses = distinct(records, ({ sourceIPAddress: source }) =>
    parseAddress(source) ? source : undefined,
  );
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
      what: `credentials that called${origin} in the last 24 h: ${shownCredentials(keys, records)}`,
      count: count(keys.length),
      evidence: EVIDENCE,
    },
    {
      what: `addresses that called${origin} in the last 24 h: ${shownAddresses(addresses)}`,
      count: count(addresses.length),
      evidence: EVIDENCE,
    },
  ];
}

/**
 * AWS's ids of temporary credentials, which are sessions, begin with ASIA
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes). Whoever opens a
 * role's session names it: the names are counted, not shown.
 */
function shownCredentials(keys: readonly string[], records: readonly TrailRecord[]): string {
  const sessions = keys.filter((key) => key.startsWith('ASIA')).length;
  const names = distinct(records, ({ userIdentity }) => sessionNameIn(userIdentity.arn));
  const named = names.length > 0 ? ` under ${names.length} name(s)` : '';
  return `${keys.length - sessions} access key(s), ${sessions} session(s)${named}`;
}

/** `NAME` of `arn:aws:sts::ACCOUNT:assumed-role/ROLE/NAME`. */
function sessionNameIn(arn: string | undefined): string | undefined {
  return arn?.includes(':assumed-role/') ? arn.split('/').at(-1) : undefined;
}

/** CloudTrail has the name of a service in an address's place; a parsed address holds nobody's text. */
function shownAddresses(addresses: readonly string[]): string {
  const { items, truncated } = boundedList(addresses, LISTED);
  return `${items.join(', ') || 'none'}${truncated ? ` and ${addresses.length - LISTED} more` : ''}`;
}

function distinct(
  records: readonly TrailRecord[],
  key: (record: TrailRecord) => string | undefined,
): readonly string[] {
  return [...new Set(records.flatMap((record) => key(record) ?? []))].sort();
}
