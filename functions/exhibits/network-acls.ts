import { DescribeInstancesCommand, DescribeNetworkAclsCommand } from '@aws-sdk/client-ec2';
import { TargetNotFoundError } from '../core/errors.ts';
import { defineExhibit } from '../core/exhibit.ts';
import { readInstance } from '../core/instance.ts';

export const networkAcls = defineExhibit({
  id: 'network-acls',
  title: 'The network ACLs of its VPC, with every entry',
  targets: ['instance'],
  occasions: ['before-change'],
  reads: [DescribeInstancesCommand, DescribeNetworkAclsCommand],
  permissions: [{ actions: ['ec2:DescribeInstances', 'ec2:DescribeNetworkAcls'], resources: ['*'] }],

  async collect({ id }, { account }) {
    const { VpcId } = await readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
    if (!VpcId) throw new TargetNotFoundError(`the VPC of instance ${id}`);
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    const answer = await account.send(new DescribeNetworkAclsCommand({ Filters }));
    return { content: answer.NetworkAcls ?? [], truncated: answer.NextToken !== undefined };
  },
});
