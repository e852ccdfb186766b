import {
  CreateSnapshotsCommand,
  DeleteSnapshotCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  type Instance,
  ModifyInstanceAttributeCommand,
} from '@aws-sdk/client-ec2';
import type { Account } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { attributeChanges, Termination, terminationOf } from '../../core/termination.ts';

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

export function beforeOf(planned: PlannedAction): Termination {
  return Termination.parse(planned.before);
}

export async function readTermination(instance: Instance, account: Reader): Promise<Termination> {
  const { DisableApiTermination: attribute } = await account.send(
    new DescribeInstanceAttributeCommand({
      InstanceId: instance.InstanceId,
      Attribute: 'disableApiTermination',
    }),
  );
  return terminationOf(instance, attribute?.Value ?? false);
}

export async function writeTermination(id: string, wanted: Termination, account: Writer): Promise<void> {
  for (const change of attributeChanges(id, wanted))
    await account.send(new ModifyInstanceAttributeCommand(change));
}
