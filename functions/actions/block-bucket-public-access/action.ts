import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { bucketResource, ourBucket, readBucketTags } from '../../core/bucket.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import type { PlannedAction } from '../../core/plan.ts';
import {
  describeAccess,
  everythingBlocked,
  PublicAccessBefore,
  sameAccess,
} from '../../core/public-access.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { fillResource } from '../../core/resource-pattern.ts';
import { blastRadius } from './blast-radius.ts';
import { type Reader, readSettings, reads, type Writer, writeSettings, writes } from './settings.ts';

const beforeOf = (planned: PlannedAction) => PublicAccessBefore.parse(planned.before);

/**
 * Shuts everybody out who reaches a bucket through a public policy or a public ACL. Policy and ACLs stay as they are,
 * so that taking the settings back gives back what was. Grants to named accounts in a policy that is not public stay:
 * `restrict-bucket` ends those.
 */
export const blockBucketPublicAccess = defineAction({
  id: 'block-bucket-public-access',
  title: 'Block public access to a bucket',
  targets: ['bucket'],
  danger: 'medium',
  family: 'data',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: [
        's3:GetBucketTagging',
        's3:GetBucketPublicAccessBlock',
        's3:GetBucketWebsite',
        's3:GetBucketPolicyStatus',
        's3:GetBucketPolicy',
        's3:PutBucketPublicAccessBlock',
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
    const settings = await readOpen(id, account);
    return {
      before: { settings },
      expected: { settings: everythingBlocked },
      change: `All four settings of S3 Block Public Access are on for bucket ${id} (before: ${describeAccess(settings)}): nobody outside the account reaches it through a public policy or ACL, and none can be made.`,
      undo:
        settings === null
          ? `Delete the settings of bucket ${id}, which had none.`
          : `Put the settings of bucket ${id} back: ${describeAccess(settings)}.`,
      cannotRestore: [],
      blastRadius: [...(await blastRadius(id, account)), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id, arn: fillResource(bucketResource(id), target) },
    };
  },

  execute: (planned, account) => writeSettings(planned.target.id, everythingBlocked, account),

  async verify(planned, account) {
    const settings = await readSettings(planned.target.id, account);
    if (settings === undefined) return { status: 'done', observed: 'the bucket no longer exists' };
    return {
      status: sameAccess(settings, everythingBlocked) ? 'done' : 'not-done',
      observed: `the bucket has ${describeAccess(settings)}`,
    };
  },

  rollback: (planned, account) => restore(planned, account),
});

/** Throws NothingToDoError where everything is blocked already, and TargetNotFoundError. */
async function readOpen(id: string, account: Reader) {
  const settings = await readSettings(id, account);
  if (settings === undefined) throw new TargetNotFoundError(`bucket ${id}`);
  if (sameAccess(settings, everythingBlocked))
    throw new NothingToDoError(`bucket ${id}`, 'blocks all public access');
  return settings;
}

/** A bucket that is gone has nothing to give back. Throws WrongStateError where somebody set something else since. */
async function restore(planned: PlannedAction, account: Writer): Promise<void> {
  const { settings } = beforeOf(planned);
  const { id } = planned.target;
  const current = await readSettings(id, account);
  if (current === undefined || sameAccess(current, settings)) return;
  if (!sameAccess(current, everythingBlocked))
    throw new WrongStateError(
      `bucket ${id}`,
      `set to ${describeAccess(current)} by somebody else since`,
      'nothing was put back; decide which settings it shall have, and set those',
    );
  await writeSettings(id, settings, account);
}
