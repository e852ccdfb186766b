import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { defineAction, type Verification } from '../../core/account.ts';
import { bucketResource, ourBucket, whereSet } from '../../core/bucket.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { fillResource } from '../../core/resource-pattern.ts';
import { blastRadius } from './blast-radius.ts';
import { checkVersioned, readTags, rulesThatDelete } from './bucket.ts';
import { labelOf, type ObjectName, objectNameOf, objectResource } from './object.ts';
import { markerAbove, reads, type Version, versionsOf, type Writer, writes } from './versions.ts';

/** The version that everybody is given. The tag of its content tells a null version from one that replaced it. */
const Before = z.strictObject({ versionId: z.string(), eTag: z.string() });
const beforeOf = (planned: PlannedAction) => Before.parse(planned.before);

/**
 * Hides an object behind a delete marker: whoever asks for it is told that there is none, and its version stays as
 * evidence for those who may read versions. Nothing is copied: a copy would call whatever listens for new objects,
 * would lie in a second place to be read, and would need the power to read what every object holds.
 */
export const quarantineObject = defineAction({
  id: 'quarantine-object',
  title: 'Quarantine an object',
  targets: ['object'],
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
        's3:GetBucketVersioning',
        's3:GetLifecycleConfiguration',
        's3:ListBucketVersions',
        's3:GetBucketPolicy',
        's3:GetBucketWebsite',
        's3:GetReplicationConfiguration',
        's3:GetBucketNotification',
      ],
      resources: [bucketResource()],
      narrow: (planned) => [bucketResource(objectNameOf(planned.target.id).bucket)],
    },
    {
      actions: ['s3:GetObjectTagging', 's3:DeleteObject', 's3:DeleteObjectVersion'],
      resources: [bucketResource('*', '*')],
      narrow: (planned) => [objectResource(objectNameOf(planned.target.id))],
    },
    { actions: ['s3:ListAccessPoints'], resources: ['*'] },
  ],

  async plan(target, _params, account) {
    const name = objectNameOf(target.id);
    const { ofBucket, ofObject } = await readTags(name, account);
    await checkVersioned(name.bucket, account);
    const versions = await versionsOf(name, account);
    const { id: versionId, eTag } = currentOf(name, versions);
    const rules = await rulesThatDelete(name.bucket, account);
    return {
      before: { versionId, eTag },
      expected: { current: 'a delete marker' },
      change: `A delete marker hides the object, whose current version is ${versionId}: whoever asks for it is told that there is none. That version stays, and whoever may read versions still can.`,
      undo: 'Delete exactly that delete marker by its version id: the object is seen again as it was.',
      cannotRestore:
        rules === 0
          ? []
          : [
              `The hidden version, once one of ${rules} lifecycle rules of the bucket has deleted it as no longer current.`,
            ],
      blastRadius: [...(await blastRadius(name.bucket, versions, rules, account)), ...keptByCode(ofBucket)],
      protectedTarget: isProtected(ofBucket) || isProtected(await ofObject()),
      observed: { id: target.id, arn: `${fillResource(bucketResource(name.bucket), target)}/${name.key}` },
    };
  },

  execute: (planned, account) => hide(planned, account),

  async verify(planned, account) {
    const versions = await whereSet(versionsOf(objectNameOf(planned.target.id), account), 'NoSuchBucket');
    return verification(versions ?? [], beforeOf(planned).versionId);
  },

  rollback: (planned, account) => show(planned, account),
});

/** Throws TargetNotFoundError for an object that never was, and NothingToDoError for one that is hidden. */
function currentOf(name: ObjectName, versions: readonly Version[]): Version {
  const current = versions.find((one) => one.isLatest);
  if (!current) throw new TargetNotFoundError(labelOf(name));
  if (current.isMarker) throw new NothingToDoError(labelOf(name), 'is hidden by a delete marker');
  return current;
}

/** Throws WrongStateError where a delete would be for good, or would hide what nobody agreed to. */
async function hide(planned: PlannedAction, account: Writer): Promise<void> {
  const name = objectNameOf(planned.target.id);
  const { versionId } = beforeOf(planned);
  await checkVersioned(name.bucket, account);
  const versions = await versionsOf(name, account);
  const version = existing(name, versions, versionId);
  if (version.isLatest) {
    await account.send(new DeleteObjectCommand({ ...ourBucket(name.bucket, account), Key: name.key }));
    return;
  }
  if ((await markerAbove(version, versions, name, account)) !== undefined) return;
  throw new WrongStateError(
    labelOf(name),
    'replaced by another version since',
    'the one that was judged is no longer given to anybody; judge the new one, and plan again',
  );
}

/** What others put above since stays, markers too. Throws TargetNotFoundError where the version itself is gone. */
async function show(planned: PlannedAction, account: Writer): Promise<void> {
  const name = objectNameOf(planned.target.id);
  const { versionId } = beforeOf(planned);
  const versions = (await whereSet(versionsOf(name, account), 'NoSuchBucket')) ?? [];
  const version = existing(name, versions, versionId);
  const marker = await markerAbove(version, versions, name, account);
  if (marker === undefined) return;
  await account.send(
    new DeleteObjectCommand({ ...ourBucket(name.bucket, account), Key: name.key, VersionId: marker }),
  );
}

function existing(name: ObjectName, versions: readonly Version[], id: string): Version {
  const version = versions.find((one) => one.id === id && !one.isMarker);
  if (!version) throw new TargetNotFoundError(`version ${id} of ${labelOf(name)}`);
  return version;
}

function verification(versions: readonly Version[], versionId: string): Verification {
  const current = versions.find((one) => one.isLatest);
  if (!current) return { status: 'done', observed: 'the object no longer exists in any version' };
  if (current.isMarker) return { status: 'done', observed: `delete marker ${current.id} hides the object` };
  const which = current.id === versionId ? 'the version that was to be hidden' : 'another version';
  return { status: 'not-done', observed: `${which}, ${current.id}, is the current one` };
}
