import { DescribeInstancesCommand, DescribeRouteTablesCommand } from '@aws-sdk/client-ec2';
import { TargetNotFoundError } from '../core/errors.ts';
import { defineExhibit } from '../core/exhibit.ts';
import { readInstance } from '../core/instance.ts';

export const routeTables = defineExhibit({
  id: 'route-tables',
  title: 'The route tables of its VPC: where its traffic could go',
  targets: ['instance'],
  occasions: ['before-change'],
  reads: [DescribeInstancesCommand, DescribeRouteTablesCommand],
  permissions: [{ actions: ['ec2:DescribeInstances', 'ec2:DescribeRouteTables'], resources: ['*'] }],

  async collect({ id }, { account }) {
    const { VpcId } = await readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
    if (!VpcId) throw new TargetNotFoundError(`the VPC of instance ${id}`);
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    const answer = await account.send(new DescribeRouteTablesCommand({ Filters }));
    return { content: answer.RouteTables ?? [], truncated: answer.NextToken !== undefined };
  },
});
