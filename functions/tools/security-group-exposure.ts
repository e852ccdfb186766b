import { DescribeNetworkInterfacesCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { defineTool } from '../core/account.ts';
import { boundedList, boundedText } from '../core/bounded.ts';
import { hasName } from '../core/named-error.ts';
import { OpenRule, openRules } from '../core/open-rules.ts';

const LISTED = 30;

/** What a security group lets in from anywhere, and how many interfaces it does that for. */
export const securityGroupExposure = defineTool({
  id: 'security-group-exposure',
  title: 'Exposure of a security group',
  description:
    'Ingress rules of a security group that are open to the whole internet, with their ports, and how many network interfaces use the group.',
  targets: ['security-group'],
  reads: [DescribeSecurityGroupsCommand, DescribeNetworkInterfacesCommand],
  permissions: [
    { actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeNetworkInterfaces'], resources: ['*'] },
  ],
  output: z.strictObject({
    groupId: z.string(),
    name: z.string(),
    vpc: z.string(),
    openRules: z.array(OpenRule),
    ingressRules: z.number().int().nonnegative(),
    egressRules: z.number().int().nonnegative(),
    networkInterfaces: z.number().int().nonnegative(),
    publicAddresses: z.number().int().nonnegative(),
    truncated: z.boolean(),
  }),
  tainted: ['/name'],

  async ask({ id }, { account }) {
    try {
      const { SecurityGroups: groups } = await account.send(
        new DescribeSecurityGroupsCommand({ GroupIds: [id] }),
      );
      const group = groups?.[0];
      if (!group) return undefined;
      const filters = [{ Name: 'group-id', Values: [id] }];
      const users = await account.send(new DescribeNetworkInterfacesCommand({ Filters: filters }));
      const interfaces = users.NetworkInterfaces ?? [];
      const { items, truncated } = boundedList(openRules([group]), LISTED);
      return {
        groupId: id,
        name: boundedText(group.GroupName),
        vpc: group.VpcId ?? '',
        openRules: items,
        ingressRules: group.IpPermissions?.length ?? 0,
        egressRules: group.IpPermissionsEgress?.length ?? 0,
        networkInterfaces: interfaces.length,
        publicAddresses: interfaces.filter((one) => one.Association?.PublicIp !== undefined).length,
        truncated: truncated || users.NextToken !== undefined,
      };
    } catch (error) {
      if (hasName(error, 'InvalidGroup.NotFound', 'InvalidGroupId.Malformed')) return undefined;
      throw error;
    }
  },
});
