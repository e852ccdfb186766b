import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { Account, Permission } from '../../core/account.ts';
import { boundedList } from '../../core/bounded.ts';
import type { Entity } from '../../core/entity.ts';
import { FootholdCall } from '../../core/foothold-call.ts';
import { type Foothold, footholdsIn, isCallOf } from '../../core/footholds.ts';
import { lookupInput } from '../../core/recent-calls.ts';
import { type Lookup, readIamCalls, type TrailAnswer } from '../../core/trail.ts';
import { reads as standingReads, stands } from './standing.ts';

export const reads = [LookupEventsCommand, ...standingReads] as const;
export type Reader = Account<typeof reads>;

export const permissions: readonly Permission[] = [
  {
    actions: ['iam:GetLoginProfile', 'iam:GetUser', 'iam:ListAccessKeys'],
    resources: ['arn:{partition}:iam::{account}:user/*'],
  },
  { actions: ['iam:GetRole'], resources: ['arn:{partition}:iam::{account}:role/*'] },
  { actions: ['cloudtrail:LookupEvents'], resources: ['*'] },
];

/** Read back one by one: more than a plan can hold. */
const MOST_READ_BACK = 20;

interface StandingFootholds {
  /** The newest first. */
  readonly made: readonly Foothold[];
  /** There is more than was looked at. */
  readonly truncated: boolean;
}

/** The calls of the last 24 h by which anybody made a way back in, as the account's CloudTrail has them. */
export function readFootholdCalls(account: Reader): Promise<TrailAnswer> {
  const lookup: Lookup = (question) =>
    account.send(new LookupEventsCommand(lookupInput(question, account.now)), question.region);
  return readIamCalls(FootholdCall.options, account.region, lookup);
}

/** What of it a user or access key made, and is still there. */
export async function standingFootholds(
  { records, truncated }: TrailAnswer,
  principal: Pick<Entity, 'kind' | 'id' | 'account'>,
  account: Reader,
): Promise<StandingFootholds> {
  const own = footholdsIn(records.filter((record) => isCallOf(record, principal)));
  const { items, truncated: cut } = boundedList(own, MOST_READ_BACK);
  const made: Foothold[] = [];
  for (const foothold of items) if (await stands(foothold, account)) made.push(foothold);
  return { made, truncated: truncated || cut };
}
