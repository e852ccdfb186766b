import { BlockList, isIPv4 } from 'node:net';
import { matchesArn, matchesWildcard } from './wildcard.ts';

/** Compares one value of the request with one value of the policy. */
type Comparison = (requested: string, written: string) => boolean;

/** A condition operator; a negated one holds when its value matches *none* of the policy's values. */
export interface Operator {
  readonly negated: boolean;
  readonly compare: Comparison;
}

const positive = (compare: Comparison): Operator => ({ negated: false, compare });
const negated = (compare: Comparison): Operator => ({ negated: true, compare });

const equal: Comparison = (requested, written) => requested === written;
const equalIgnoringCase: Comparison = (requested, written) =>
  requested.toLowerCase() === written.toLowerCase();
const like: Comparison = (requested, written) => matchesWildcard(written, requested);
const arn: Comparison = (requested, written) => matchesArn(written, requested);

type NumberTest = (requested: number, written: number) => boolean;
const number =
  (test: NumberTest): Comparison =>
  (requested, written) =>
    test(Number(requested), Number(written));
const date =
  (test: NumberTest): Comparison =>
  (requested, written) =>
    test(instant(requested), instant(written));

/** IAM takes ISO 8601 or seconds since the epoch. */
function instant(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

const inRange: Comparison = (requested, written) => {
  const [network = '', prefix] = written.split('/');
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(network, Number(prefix ?? (family === 'ipv4' ? 32 : 128)), family);
  return range.check(requested, isIPv4(requested) ? 'ipv4' : 'ipv6');
};

/** The operators that policies here may use; `Null` is handled apart, because it looks at absence. */
export const operators: Readonly<Record<string, Operator>> = {
  StringEquals: positive(equal),
  StringNotEquals: negated(equal),
  StringEqualsIgnoreCase: positive(equalIgnoringCase),
  StringNotEqualsIgnoreCase: negated(equalIgnoringCase),
  StringLike: positive(like),
  StringNotLike: negated(like),
  ArnEquals: positive(arn),
  ArnLike: positive(arn),
  ArnNotEquals: negated(arn),
  ArnNotLike: negated(arn),
  Bool: positive(equalIgnoringCase),
  NumericEquals: positive(number((left, right) => left === right)),
  NumericNotEquals: negated(number((left, right) => left === right)),
  NumericLessThan: positive(number((left, right) => left < right)),
  NumericLessThanEquals: positive(number((left, right) => left <= right)),
  NumericGreaterThan: positive(number((left, right) => left > right)),
  NumericGreaterThanEquals: positive(number((left, right) => left >= right)),
  DateEquals: positive(date((left, right) => left === right)),
  DateNotEquals: negated(date((left, right) => left === right)),
  DateLessThan: positive(date((left, right) => left < right)),
  DateLessThanEquals: positive(date((left, right) => left <= right)),
  DateGreaterThan: positive(date((left, right) => left > right)),
  DateGreaterThanEquals: positive(date((left, right) => left >= right)),
  IpAddress: positive(inRange),
  NotIpAddress: negated(inRange),
};
