import {
  CreateSnapshotsCommand,
  DeleteSnapshotCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  type Instance,
  ModifyInstanceAttributeCommand,
} from '@aws-sdk/client-ec2';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [
  DescribeInstancesCommand,
  DescribeInstanceAttributeCommand,
  DescribeSnapshotsCommand,
] as const;
export const writes = [
  CreateSnapshotsCommand,
  DeleteSnapshotCommand,
  ModifyInstanceAttributeCommand,
] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** What would be lost if the instance were terminated now. */
export const Termination = z.strictObject({
  protected: z.boolean(),
  volumes: z.array(z.strictObject({ id: z.string(), device: z.string(), deleted: z.boolean() })),
});
export type Termination = z.infer<typeof Termination>;

export function beforeOf(planned: PlannedAction): Termination {
  return Termination.parse(planned.before);
}

/** Nothing is lost: the same volumes, kept. */
export function safe({ volumes }: Termination): Termination {
  return { protected: true, volumes: volumes.map((volume) => ({ ...volume, deleted: false })) };
}

export async function readTermination(instance: Instance, account: Reader): Promise<Termination> {
  const { DisableApiTermination: attribute } = await account.send(
    new DescribeInstanceAttributeCommand({
      InstanceId: instance.InstanceId,
      Attribute: 'disableApiTermination',
    }),
  );
  const volumes = (instance.BlockDeviceMappings ?? []).flatMap(({ DeviceName, Ebs }) =>
    Ebs?.VolumeId === undefined
      ? []
      : [{ id: Ebs.VolumeId, device: DeviceName ?? '', deleted: Ebs.DeleteOnTermination ?? false }],
  );
  return {
    protected: attribute?.Value ?? false,
    volumes: volumes.sort((a, b) => a.device.localeCompare(b.device)),
  };
}

/** Makes it so. EC2 takes one attribute a call; both calls are idempotent. */
export async function writeTermination(id: string, wanted: Termination, account: Writer): Promise<void> {
  await account.send(
    new ModifyInstanceAttributeCommand({
      InstanceId: id,
      DisableApiTermination: { Value: wanted.protected },
    }),
  );
  if (wanted.volumes.length === 0) return;
  const mappings = wanted.volumes.map((volume) => ({
    DeviceName: volume.device,
    Ebs: { VolumeId: volume.id, DeleteOnTermination: volume.deleted },
  }));
  await account.send(new ModifyInstanceAttributeCommand({ InstanceId: id, BlockDeviceMappings: mappings }));
}
