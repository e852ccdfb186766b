import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  type NetworkInterface,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import { TargetNotFoundError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { Consequence } from '../../core/plan.ts';
import type { Reader } from './rules.ts';

/** Reads one security group. Throws TargetNotFoundError. */
export async function readGroup(id: string, account: Reader): Promise<SecurityGroup> {
  try {
    const answer = await account.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
    const group = answer.SecurityGroups?.[0];
    if (group) return group;
  } catch (error) {
    if (!hasName(error, 'InvalidGroup.NotFound', 'InvalidGroupId.Malformed')) throw error;
    throw new TargetNotFoundError(`security group ${id}`, { cause: error });
  }
  throw new TargetNotFoundError(`security group ${id}`);
}

/** Everybody who shares the group is cut off, not only whom the finding is about. */
export async function blastRadius(groupId: string, account: Reader): Promise<readonly Consequence[]> {
  const interfaces = await readInterfaces(groupId, account);
  const addresses = interfaces.filter((one) => one.Association?.PublicIp !== undefined).length;
  const evidence = 'DescribeNetworkInterfaces';
  return [
    { what: 'network interfaces that use the group', count: interfaces.length, evidence },
    { what: 'public addresses among them', count: addresses, evidence },
  ];
}

async function readInterfaces(groupId: string, account: Reader): Promise<readonly NetworkInterface[]> {
  const Filters = [{ Name: 'group-id', Values: [groupId] }];
  const interfaces: NetworkInterface[] = [];
  let nextToken: string | undefined;
  do {
    const page = await account.send(new DescribeNetworkInterfacesCommand({ Filters, NextToken: nextToken }));
    interfaces.push(...(page.NetworkInterfaces ?? []));
    nextToken = page.NextToken;
  } while (nextToken);
  return interfaces;
}
