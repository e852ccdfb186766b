import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { defineAction, type Verification } from '../../core/account.ts';
import { bucketResource, ourBucket, readBucketTags } from '../../core/bucket.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { fillResource } from '../../core/resource-pattern.ts';
import {
  type Reader,
  reads,
  readVersions,
  Versions,
  type Writer,
  writeLifecycle,
  writes,
  writeVersioning,
} from './bucket.ts';
import { deletes, doesMore, frozen, type Lifecycle, sameLifecycle } from './lifecycle.ts';

const beforeOf = (planned: PlannedAction) => Versions.parse(planned.before);
const deleting = (lifecycle: Lifecycle | null) => lifecycle?.rules.filter(deletes) ?? [];

/**
 * Keeps what somebody deletes or overwrites from now on, and what the bucket's own rules would delete. Whoever may
 * delete single versions still can: this preserves, and stops nobody.
 */
export const protectBucketVersions = defineAction({
  id: 'protect-bucket-versions',
  title: 'Keep every version in a bucket',
  targets: ['bucket'],
  danger: 'low',
  family: 'data',
  order: 'evidence',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: [
        's3:GetBucketTagging',
        's3:GetBucketVersioning',
        's3:GetLifecycleConfiguration',
        's3:PutBucketVersioning',
        's3:PutLifecycleConfiguration',
      ],
      resources: [bucketResource()],
      narrow: (planned) => [bucketResource(planned.target.id)],
    },
  ],

  async plan(target, _params, account) {
    const { id } = target;
    const tags = await readBucketTags(id, () =>
      account.send(new GetBucketTaggingCommand(ourBucket(id, account))),
    );
    const before = await readUnprotected(id, account);
    const rules = deleting(before.lifecycle);
    return {
      before,
      expected: { versioning: 'Enabled', deletingRules: 0 },
      change: `Versioning of bucket ${id} is Enabled (before: ${before.versioning}), which S3 may take 15 minutes to heed. Of its lifecycle rules, ${rules.length} that delete are Disabled.`,
      undo: undoing(id, before.versioning, rules.length),
      cannotRestore:
        before.versioning === 'never'
          ? [
              'That versioning was never enabled: S3 can only suspend it, and keeps the versions made meanwhile.',
            ]
          : [],
      blastRadius: [...blastRadius(rules), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id, arn: fillResource(bucketResource(id), target) },
    };
  },

  execute: (planned, account) => protect(planned, account),

  async verify(planned, account) {
    return verification((await readVersions(planned.target.id, account))?.versions);
  },

  rollback: (planned, account) => restore(planned, account),
});

function undoing(id: string, versioning: Versions['versioning'], rules: number): string {
  const status = versioning === 'Enabled' ? 'Versioning stays Enabled' : 'Suspend versioning';
  const enabled =
    rules === 0 ? '' : ` Enable ${rules} lifecycle rules again, and what came due meanwhile is deleted.`;
  return `${status} in bucket ${id}.${enabled} Versions that were kept stay.`;
}

/** Throws TargetNotFoundError, NothingToDoError, and WrongStateError where only a device may enable versioning. */
async function readUnprotected(id: string, account: Reader): Promise<Versions> {
  const found = await readVersions(id, account);
  if (!found) throw new TargetNotFoundError(`bucket ${id}`);
  const { versions, mfaDelete } = found;
  if (versions.versioning === 'Enabled' && deleting(versions.lifecycle).length === 0)
    throw new NothingToDoError(`bucket ${id}`, 'keeps every version, and has no rule that deletes');
  if (versions.versioning !== 'Enabled' && mfaDelete)
    throw new WrongStateError(
      `bucket ${id}`,
      'under MFA delete',
      'S3 enables versioning only for the root user with a device',
    );
  return versions;
}

async function protect(planned: PlannedAction, account: Writer): Promise<void> {
  const { id } = planned.target;
  const { lifecycle } = beforeOf(planned);
  const current = (await readVersions(id, account))?.versions;
  if (!current) throw new TargetNotFoundError(`bucket ${id}`);
  const after = frozen(lifecycle);
  checkUntouched(id, current.lifecycle, [lifecycle, after]);
  if (current.versioning !== 'Enabled') await writeVersioning(id, 'Enabled', account);
  if (after && !sameLifecycle(current.lifecycle, after)) await writeLifecycle(id, after, account);
}

/** The rules first: where versioning cannot be suspended any more, they are back all the same. */
async function restore(planned: PlannedAction, account: Writer): Promise<void> {
  const { id } = planned.target;
  const { versioning, lifecycle } = beforeOf(planned);
  const current = (await readVersions(id, account))?.versions;
  if (!current) return;
  checkUntouched(id, current.lifecycle, [lifecycle, frozen(lifecycle)]);
  if (lifecycle && !sameLifecycle(current.lifecycle, lifecycle)) await writeLifecycle(id, lifecycle, account);
  if (versioning !== 'Enabled' && current.versioning === 'Enabled')
    await writeVersioning(id, 'Suspended', account);
}

/** Rules can only be written all at once, so that somebody else's would be lost. Throws WrongStateError. */
function checkUntouched(id: string, current: Lifecycle | null, known: readonly (Lifecycle | null)[]): void {
  if (known.some((one) => sameLifecycle(current, one))) return;
  throw new WrongStateError(
    `bucket ${id}`,
    'under lifecycle rules that somebody else changed since',
    'nothing was written; compare them with the plan, and set those that it shall have',
  );
}

function verification(versions: Versions | undefined): Verification {
  if (!versions) return { status: 'done', observed: 'the bucket no longer exists' };
  const rules = deleting(versions.lifecycle).length;
  return {
    status: versions.versioning === 'Enabled' && rules === 0 ? 'done' : 'not-done',
    observed: `versioning is ${versions.versioning}, and ${rules} lifecycle rules delete`,
  };
}

function blastRadius(rules: Lifecycle['rules']): readonly Consequence[] {
  const evidence = 'GetBucketLifecycleConfiguration';
  return [
    { what: 'lifecycle rules that delete nothing any more', count: rules.length, evidence },
    {
      what: 'of those, rules that also move objects to cheaper storage or end uploads, which stops too',
      count: rules.filter(doesMore).length,
      evidence,
    },
    {
      what: 'versions that stay, and are paid for, when objects are overwritten or deleted',
      count: null,
      evidence: 'not available: it depends on what is written from now on',
    },
  ];
}
