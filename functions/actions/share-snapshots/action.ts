import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { NothingToDoError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import { checkKeys } from './keys.ts';
import { permissions } from './permissions.ts';
import { beforeOf, forensicsAccount, readSharing, writeShare } from './sharing.ts';
import { ownSnapshots, readInstanceOf, reads, writes } from './snapshots.ts';

/** Lets the configured forensics account, and no other, make disks of the snapshots that we took of an instance. */
export const shareSnapshots = defineAction({
  id: 'share-snapshots',
  title: 'Share evidence snapshots with the forensics account',
  targets: ['instance'],
  danger: 'medium',
  family: 'data',
  order: 'evidence',
  params: z.strictObject({}),
  reads,
  writes,
  permissions,

  async plan(target, _params, account) {
    const recipient = forensicsAccount(account);
    const instance = await readInstanceOf(target.id, account);
    const snapshots = await ownSnapshots(instance, account);
    await checkKeys(snapshots, account);
    const ids = snapshots.flatMap(({ SnapshotId }) => SnapshotId ?? []);
    const before = await readSharing(ids, recipient, account);
    const count = before.snapshots.filter(({ shared }) => !shared).length;
    if (count === 0)
      throw new NothingToDoError(
        `instance ${target.id}`,
        `has its snapshots shared with account ${recipient}`,
      );
    return {
      before,
      expected: { recipient, snapshots: before.snapshots.map((one) => ({ ...one, shared: true })) },
      change: `${count} snapshot(s) that we took of ${target.id} are shared with account ${recipient}: it can read everything on them. One that is encrypted it can use only with access to its key, which this does not give.`,
      undo: `Stop sharing exactly these with account ${recipient}.`,
      cannotRestore: [`what account ${recipient} has copied of them by then`],
      blastRadius: [
        {
          what: `disks whose content account ${recipient} can read`,
          count,
          evidence: 'DescribeSnapshots, by our own tags',
        },
        ...keptByCode(instance.Tags),
      ],
      protectedTarget: isProtected(instance.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  async execute(planned, account) {
    const { recipient, snapshots } = beforeOf(planned);
    for (const { id } of snapshots.filter(({ shared }) => !shared))
      await writeShare(id, 'add', recipient, account);
  },

  async verify(planned, account) {
    const { recipient, snapshots } = beforeOf(planned);
    const ids = snapshots.map(({ id }) => id);
    const now = await readSharing(ids, recipient, account);
    const shared = now.snapshots.filter((one) => one.shared).length;
    return {
      status: shared === snapshots.length ? 'done' : 'not-done',
      observed: `${shared} of ${snapshots.length} snapshot(s) are shared with account ${recipient}`,
    };
  },

  async rollback(planned, account) {
    const { recipient, snapshots } = beforeOf(planned);
    for (const { id } of snapshots.filter(({ shared }) => !shared))
      await writeShare(id, 'remove', recipient, account);
  },
});
