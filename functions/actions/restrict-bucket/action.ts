import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import { ListAccessPointsCommand } from '@aws-sdk/client-s3-control';
import * as z from 'zod';
import { defineAction, type Execution } from '../../core/account.ts';
import { bucketResource, ourBucket, readBucketTags } from '../../core/bucket.ts';
import { accessPoints } from '../../core/bucket-consumers.ts';
import { outsidersOf } from '../../core/bucket-policy.ts';
import { TargetNotFoundError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { fillResource } from '../../core/resource-pattern.ts';
import {
  checkAccepted,
  hasPublicPolicy,
  type Reader,
  readPolicy,
  reads,
  type Writer,
  writePolicy,
  writes,
} from './policy.ts';
import {
  checkFits,
  found,
  holds,
  restriction,
  sidOf,
  withoutRestriction,
  withRestriction,
} from './statement.ts';

/** The policy's text as S3 answered it, for the rollback; null where there was none. */
const Before = z.strictObject({ policy: z.string().nullable() });
const beforeOf = (planned: PlannedAction) => Before.parse(planned.before);

/**
 * Refuses a bucket to everybody but the account's own principals and AWS's services, by one statement of ours in its
 * policy. The owner is never locked out. What is stolen of the account's own credentials goes on working:
 * `deactivate-access-key` and `revoke-sessions` end that.
 */
export const restrictBucket = defineAction({
  id: 'restrict-bucket',
  title: 'Restrict a bucket to its own account',
  targets: ['bucket'],
  danger: 'high',
  family: 'policy',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: [
        's3:GetBucketTagging',
        's3:GetBucketPolicy',
        's3:GetBucketPolicyStatus',
        's3:GetBucketPublicAccessBlock',
        's3:PutBucketPolicy',
        's3:DeleteBucketPolicy',
      ],
      resources: [bucketResource()],
      narrow: (planned) => [bucketResource(planned.target.id)],
    },
    { actions: ['s3:ListAccessPoints'], resources: ['*'] },
  ],

  async plan(target, _params, account) {
    const { id } = target;
    const tags = await readBucketTags(id, () =>
      account.send(new GetBucketTaggingCommand(ourBucket(id, account))),
    );
    const policy = await readPolicy(id, account);
    if (policy === undefined) throw new TargetNotFoundError(`bucket ${id}`);
    checkFits(policy, { ...target, account: account.id });
    const isPublic = policy !== null && (await hasPublicPolicy(id, account));
    await checkAccepted(id, isPublic, account);
    return {
      before: { policy },
      expected: { refused: `everybody but account ${account.id} and AWS services` },
      change: `One Deny statement is added to the policy of bucket ${id}: everybody who is not of account ${account.id}, AWS's own services aside, is refused everything. The rest of the policy stays.`,
      undo:
        policy === null
          ? `Delete the policy of bucket ${id}, which had none; statements that others add meanwhile stay.`
          : `Remove that statement alone from the policy of bucket ${id}.`,
      cannotRestore: [],
      blastRadius: [
        ...blastRadius(policy, isPublic, account),
        ...(await accessPoints('whose callers from outside are refused as well', () =>
          account.send(new ListAccessPointsCommand({ AccountId: account.id, Bucket: id })),
        )),
        ...keptByCode(tags),
      ],
      protectedTarget: isProtected(tags),
      observed: { id, arn: fillResource(bucketResource(id), target) },
    };
  },

  execute: (planned, account, execution) => add(planned, account, execution),

  async verify(planned, account, execution) {
    const policy = await readPolicy(planned.target.id, account);
    if (policy === undefined) return { status: 'done', observed: 'the bucket no longer exists' };
    const sid = sidOf(execution);
    const state = found(policy, restriction(sid, planned.target));
    if (state === 'ours')
      return { status: 'done', observed: `statement ${sid} refuses everybody outside the account` };
    const observed =
      state === 'none' ? `there is no statement ${sid}` : `statement ${sid} says something else`;
    return { status: 'not-done', observed };
  },

  rollback: (planned, account, execution) => remove(planned, account, execution),
});

async function add({ target }: PlannedAction, account: Writer, execution: Execution): Promise<void> {
  const policy = await readPolicy(target.id, account);
  if (policy === undefined) throw new TargetNotFoundError(`bucket ${target.id}`);
  const statement = restriction(sidOf(execution), target);
  if (holds(policy, statement, target)) return;
  await writePolicy(target.id, withRestriction(policy, statement, target), account);
}

/** What others changed of the policy since stays. A bucket, or a statement, that is gone is what was asked for. */
async function remove(planned: PlannedAction, account: Writer, execution: Execution): Promise<void> {
  const { target } = planned;
  const { policy: before } = beforeOf(planned);
  const policy = (await readPolicy(target.id, account)) ?? null;
  const statement = restriction(sidOf(execution), target);
  if (policy === null || !holds(policy, statement, target)) return;
  await writePolicy(target.id, withoutRestriction(policy, statement, before, target), account);
}

function blastRadius(policy: string | null, isPublic: boolean, { id }: Reader): readonly Consequence[] {
  return [
    {
      what: 'other accounts and outside principals that the policy names, which are refused',
      count: policy === null ? 0 : (outsidersOf(policy, id)?.length ?? null),
      evidence: 'GetBucketPolicy',
    },
    {
      what: 'bucket policies that grant to everybody, who is refused',
      count: isPublic ? 1 : 0,
      evidence: 'GetBucketPolicyStatus',
    },
    {
      what: 'outside callers that read or wrote objects in the last 24 h, by ACLs and access points too',
      count: null,
      evidence: "not available: data events are not in CloudTrail's event history",
    },
  ];
}
