import { DescribeInstancesCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { defineExhibit } from '../core/exhibit.ts';
import { readInstance } from '../core/instance.ts';

export const securityGroups = defineExhibit({
  id: 'security-groups',
  title: 'The security groups of its interfaces, with every rule',
  targets: ['instance'],
  occasions: ['before-change', 'after-change'],
  reads: [DescribeInstancesCommand, DescribeSecurityGroupsCommand],
  permissions: [{ actions: ['ec2:DescribeInstances', 'ec2:DescribeSecurityGroups'], resources: ['*'] }],

  async collect({ id }, { account }) {
    const found = await readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
    const groups = (found.NetworkInterfaces ?? []).flatMap((one) => one.Groups ?? []);
    const GroupIds = [...new Set(groups.flatMap((group) => group.GroupId ?? []))];
    // Without ids, AWS would answer with every group of the region.
    if (GroupIds.length === 0) return { content: [], truncated: false };
    const answer = await account.send(new DescribeSecurityGroupsCommand({ GroupIds }));
    return { content: answer.SecurityGroups ?? [], truncated: answer.NextToken !== undefined };
  },
});
