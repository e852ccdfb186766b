import { parseArn } from './arn.ts';
import type { Entity } from './entity.ts';
import { FootholdCall } from './foothold-call.ts';
import type { Consequence } from './plan.ts';
import type { TrailAnswer, TrailRecord } from './trail.ts';

/** One way back in, as CloudTrail's record of a call that succeeded tells it. */
export interface Foothold {
  readonly call: FootholdCall;
  readonly kind: 'access-key' | 'user' | 'role';
  /** An access key's id, a user's or a role's name. */
  readonly id: string;
  /** Of an access key: the name of the user whom it belongs to. */
  readonly of?: string | undefined;
  /** The id by which IAM knows what it made, in a call that makes a user or role. */
  readonly uniqueId?: string | undefined;
  readonly at: string;
  readonly event: string;
}

/** What each call makes, in words. */
const MADE: Readonly<Record<FootholdCall, string>> = {
  CreateAccessKey: 'access key of user',
  CreateLoginProfile: 'console login of user',
  CreateRole: 'role',
  CreateUser: 'user',
  UpdateAssumeRolePolicy: 'trust of role',
  UpdateLoginProfile: 'console login of user',
};

/** IAM allows no other characters in names (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const NAME = /^[\w+=,.@-]{1,128}$/;
const KEY_ID = /^AKIA[A-Z0-9]{12,124}$/;

/**
 * The ways back in that a principal made in its last day, which cutting off the principal does not close; nothing where
 * there are none.
 */
export function footholds({ records, truncated }: TrailAnswer): readonly Consequence[] {
  const made = [...new Set(records.flatMap(wordsOf))].sort();
  if (made.length === 0) return [];
  return [
    {
      what: `ways back in that it made in the last 24 h, which this change leaves open: ${made.join(', ')}`.slice(
        0,
        300,
      ),
      count: truncated ? null : made.length,
      evidence: "CloudTrail's event history (management events), last 24 h",
    },
  ];
}

/** The ways back in that the records tell of, the newest first as they are. A record that names nothing is left out. */
export function footholdsIn(records: readonly TrailRecord[]): Foothold[] {
  return records.flatMap((record) => {
    const call = callOf(record);
    const thing = call && thingOf(call, record);
    if (!call || !thing) return [];
    return [{ call, ...thing, at: record.eventTime, event: record.eventID }];
  });
}

/**
 * Whether AWS says that the call was this principal's: that very access key, or that user of that account. Not a
 * role: many people may hold sessions of one, and what a colleague made is none of an attacker's.
 */
export function isCallOf(
  { userIdentity }: TrailRecord,
  { kind, id, account }: Pick<Entity, 'kind' | 'id' | 'account'>,
): boolean {
  if (parseArn(userIdentity.arn ?? '')?.account !== account) return false;
  if (kind === 'access-key') return userIdentity.accessKeyId === id;
  return kind === 'user' && userIdentity.type === 'IAMUser' && userIdentity.userName === id;
}

function callOf({ eventSource, eventName, errorCode }: TrailRecord): FootholdCall | undefined {
  if (eventSource !== 'iam.amazonaws.com' || errorCode !== undefined) return undefined;
  return FootholdCall.safeParse(eventName).data;
}

function wordsOf(record: TrailRecord): string[] {
  const call = callOf(record);
  if (!call) return [];
  const name = call.includes('Role') ? record.requestParameters?.roleName : ownerIn(record);
  return [`${MADE[call]} ${name?.replaceAll(/[^\w+=,.@-]/g, '?').slice(0, 128) ?? 'unknown'}`];
}

type Thing = Pick<Foothold, 'kind' | 'id' | 'of' | 'uniqueId'>;

/** Nothing where the record does not name what was made, or by no name that IAM gives. */
function thingOf(call: FootholdCall, record: TrailRecord): Thing | undefined {
  const { id, ...thing } = namedIn(call, record);
  const isName = thing.kind === 'access-key' ? KEY_ID : NAME;
  return id !== undefined && isName.test(id) ? { ...thing, id } : undefined;
}

function namedIn(
  call: FootholdCall,
  record: TrailRecord,
): Omit<Thing, 'id'> & { readonly id: string | undefined } {
  const { requestParameters, responseElements } = record;
  switch (call) {
    case 'CreateAccessKey':
      return { kind: 'access-key', id: responseElements?.accessKey?.accessKeyId, of: ownerIn(record) };
    case 'CreateUser':
      return { kind: 'user', id: requestParameters?.userName, uniqueId: responseElements?.user?.userId };
    case 'CreateLoginProfile':
    case 'UpdateLoginProfile':
      return { kind: 'user', id: ownerIn(record) };
    case 'CreateRole':
      return { kind: 'role', id: requestParameters?.roleName, uniqueId: responseElements?.role?.roleId };
    case 'UpdateAssumeRolePolicy':
      return { kind: 'role', id: requestParameters?.roleName };
  }
}

/** Without a name, a key or login is made for the caller. */
function ownerIn({ requestParameters, responseElements, userIdentity }: TrailRecord): string | undefined {
  return responseElements?.accessKey?.userName ?? requestParameters?.userName ?? userIdentity.userName;
}
