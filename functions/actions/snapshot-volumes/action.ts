import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { readInstance } from '../../core/instance.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import { safe } from '../../core/termination.ts';
import { permissions } from './permissions.ts';
import { ACTION, deleteSnapshots, readSnapshots, takeSnapshots, volumesWithout } from './snapshots.ts';
import { beforeOf, type Reader, reads, readTermination, writes, writeTermination } from './termination.ts';

/** Keeps the evidence: snapshots of every volume, and an instance that cannot be terminated by mistake or with its disks. */
export const snapshotVolumes = defineAction({
  id: ACTION,
  title: 'Snapshot volumes and protect from termination',
  targets: ['instance'],
  danger: 'low',
  undoing: 'loses-evidence',
  family: 'compute',
  order: 'evidence',
  params: z.strictObject({}),
  reads,
  writes,
  permissions,

  async plan(target, _params, account) {
    const instance = await describe(target.id, account);
    const before = await readTermination(instance, account);
    const count = before.volumes.length;
    return {
      before,
      expected: { ...safe(before), snapshots: before.volumes.map((volume) => volume.id) },
      change: `${count} volume(s) of ${target.id} are snapshotted; termination protection is turned on; no volume is deleted on termination.`,
      undo: 'Delete exactly these snapshots; restore termination protection and DeleteOnTermination as they were.',
      cannotRestore: [],
      blastRadius: [
        {
          what: 'interruptions of the instance: its volumes are copied while it runs',
          count: 0,
          evidence: 'CreateSnapshots takes attached volumes as they are, without stopping the instance',
        },
        ...keptByCode(instance.Tags),
      ],
      protectedTarget: isProtected(instance.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  async execute(planned, account, execution) {
    const before = beforeOf(planned);
    await writeTermination(planned.target.id, safe(before), account);
    await takeSnapshots(planned.target.id, before, account, execution);
  },

  async verify(planned, account, execution) {
    const now = await readTermination(await describe(planned.target.id, account), account);
    const snapshots = await readSnapshots(beforeOf(planned), account, execution);
    const missing = volumesWithout(beforeOf(planned), snapshots);
    const losable = now.volumes.filter((volume) => volume.deleted).length;
    return {
      status: missing.length === 0 && losable === 0 && now.protected ? 'done' : 'not-done',
      observed: `${snapshots.length} snapshot(s), ${missing.length} volume(s) without one, ${losable} volume(s) deleted on termination, termination protection ${now.protected ? 'on' : 'off'}`,
    };
  },

  async rollback(planned, account, execution) {
    const before = beforeOf(planned);
    await deleteSnapshots(await readSnapshots(before, account, execution), account);
    await writeTermination(planned.target.id, before, account);
  },
});

function describe(id: string, account: Reader) {
  return readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
}
