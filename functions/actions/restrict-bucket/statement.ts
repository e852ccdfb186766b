import type { Execution } from '../../core/account.ts';
import { bucketResource } from '../../core/bucket.ts';
import { statementsOf } from '../../core/bucket-policy.ts';
import { canonicalJson } from '../../core/canonical.ts';
import { isObject } from '../../core/document.ts';
import { NotOursError, WrongStateError } from '../../core/errors.ts';
import type { Target } from '../../core/plan.ts';
import { fillResource } from '../../core/resource-pattern.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html */
const LARGEST_POLICY = 20 * 1024;
/** Letters and digits are all that a Sid may hold; one for each plan, so that two incidents do not undo each other's. */
const SID = { prefix: 'SallyportRestrict', incident: 40, hash: 12 };

/** Where our statement lies, and what it must say to be ours. */
export type Place = Pick<Target, 'id' | 'account' | 'region'>;
type Statement = Readonly<Record<string, unknown>>;

export function sidOf({ incident, manifestHash }: Execution): string {
  const name = incident.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, SID.incident);
  return `${SID.prefix}${name}${manifestHash.slice(0, SID.hash)}`;
}

/**
 * Refuses whoever is neither of the account nor one of AWS's services; what the account's own principals may do, its
 * root user included, stays as it is. An anonymous request has no service flag, and an unknown key must not spare it:
 * hence IfExists
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice).
 */
export function restriction(sid: string, place: Place): Statement {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucketResource(place.id), bucketResource(place.id, '*')].map((one) =>
      fillResource(one, place),
    ),
    Condition: {
      StringNotEquals: { 'aws:PrincipalAccount': place.account },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  };
}

/**
 * The policy with our statement at its end, everything else as it was. Throws WrongStateError for a policy that could
 * not be written back unharmed, or that grows larger than S3 allows.
 */
export function withRestriction(policy: string | null, ours: Statement, place: Place): string {
  const { Statement: _, ...document } = policy === null ? { Version: '2012-10-17' } : parse(policy, place);
  const statements = policy === null ? [] : (statementsOf(policy) ?? []);
  const text = JSON.stringify({ ...document, Statement: [...statements, ours] });
  const size = Buffer.byteLength(text);
  if (size > LARGEST_POLICY)
    throw new WrongStateError(
      `bucket ${place.id}`,
      `left with a policy of ${size} bytes by one more statement`,
      `S3 allows ${LARGEST_POLICY}; take out what is no longer needed first`,
    );
  return text;
}

/** Whether a policy of this size still takes our statement, whatever incident and plan it will be for. */
export function checkFits(policy: string | null, place: Place): void {
  const sid = `${SID.prefix}${'x'.repeat(SID.incident + SID.hash)}`;
  withRestriction(policy, restriction(sid, place), place);
}

/** What stands in the policy under our Sid. */
export function found(policy: string | null, ours: Statement): 'ours' | 'another' | 'none' {
  const named = (statementsOf(policy ?? '') ?? []).filter((one) => one.Sid === ours.Sid);
  if (named.length === 0) return 'none';
  return named.every((one) => isSame(one, ours)) ? 'ours' : 'another';
}

/** Whether our statement is in the policy. Throws NotOursError where another one has its Sid. */
export function holds(policy: string | null, ours: Statement, place: Place): boolean {
  const state = found(policy, ours);
  if (state !== 'another') return state === 'ours';
  throw new NotOursError(
    `statement ${ours.Sid} in the policy of bucket ${place.id}`,
    'it is not what Sallyport writes under that Sid; read it, and remove it if nobody needs it',
  );
}

/** The policy without our statement; null where nothing is left of it. The text of `before` where only ours was added. */
export function withoutRestriction(
  policy: string,
  ours: Statement,
  before: string | null,
  place: Place,
): string | null {
  const { Statement: _, ...document } = parse(policy, place);
  const rest = (statementsOf(policy) ?? []).filter((one) => one.Sid !== ours.Sid);
  if (rest.length === 0) return null;
  const text = JSON.stringify({ ...document, Statement: rest });
  return before !== null && text === withListed(before, place) ? before : text;
}

/** A single statement may stand without a list: as our own writing would have put it. */
function withListed(policy: string, place: Place): string {
  const { Statement: _, ...document } = parse(policy, place);
  return JSON.stringify({ ...document, Statement: statementsOf(policy) });
}

function isSame(one: Statement, other: Statement): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** Numbers that JavaScript would round must not be written back. */
function parse(policy: string, { id }: Place): Statement {
  let isExact = true;
  const document: unknown = JSON.parse(policy, (_key, value: unknown, context?: { source?: string }) => {
    if (typeof value === 'number' && context?.source !== String(value)) isExact = false;
    return value;
  });
  if (isExact && isObject(document) && statementsOf(policy)) return document;
  throw new WrongStateError(
    `bucket ${id}`,
    'under a policy that cannot be read and written back unharmed',
    'add the statement by hand',
  );
}
