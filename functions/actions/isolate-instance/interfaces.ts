import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  ModifyNetworkInterfaceAttributeCommand,
  type NetworkInterface,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { hasName } from '../../core/named-error.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
] as const;
export const writes = [
  CreateSecurityGroupCommand,
  AuthorizeSecurityGroupIngressCommand,
  RevokeSecurityGroupEgressCommand,
  ModifyNetworkInterfaceAttributeCommand,
  DeleteSecurityGroupCommand,
] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

const SavedInterface = z.strictObject({ id: z.string(), vpc: z.string(), groups: z.array(z.string()) });
export type SavedInterface = z.infer<typeof SavedInterface>;
const Before = z.strictObject({ interfaces: z.array(SavedInterface) });

export function beforeOf(planned: PlannedAction): readonly SavedInterface[] {
  return Before.parse(planned.before).interfaces;
}

/** Every interface that is attached now, in the order of their ids. */
export async function readInterfaces(
  instanceId: string,
  account: Reader,
): Promise<readonly NetworkInterface[]> {
  const filters = [{ Name: 'attachment.instance-id', Values: [instanceId] }];
  const answer = await account.send(new DescribeNetworkInterfacesCommand({ Filters: filters }));
  return (answer.NetworkInterfaces ?? []).sort((a, b) => idOf(a).localeCompare(idOf(b)));
}

export function saved(one: NetworkInterface): SavedInterface {
  return { id: idOf(one), vpc: one.VpcId ?? '', groups: groupsOf(one).sort() };
}

export function groupsOf({ Groups }: NetworkInterface): string[] {
  return (Groups ?? []).flatMap((group) => group.GroupId ?? []);
}

/** An interface that is gone has no traffic, and nothing to restore. */
export async function writeGroups(id: string, groups: readonly string[], account: Writer): Promise<void> {
  try {
    await account.send(
      new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: id, Groups: [...groups] }),
    );
  } catch (error) {
    if (!hasName(error, 'InvalidNetworkInterfaceID.NotFound')) throw error;
  }
}

function idOf(one: NetworkInterface): string {
  return one.NetworkInterfaceId ?? '';
}
