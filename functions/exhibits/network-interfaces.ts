import { DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2';
import { defineExhibit } from '../core/exhibit.ts';

export const networkInterfaces = defineExhibit({
  id: 'network-interfaces',
  title: 'Its network interfaces with addresses, attachments and security groups',
  targets: ['instance'],
  occasions: ['before-change', 'after-change'],
  reads: [DescribeNetworkInterfacesCommand],
  permissions: [{ actions: ['ec2:DescribeNetworkInterfaces'], resources: ['*'] }],

  async collect({ id }, { account }) {
    const Filters = [{ Name: 'attachment.instance-id', Values: [id] }];
    const answer = await account.send(new DescribeNetworkInterfacesCommand({ Filters }));
    return { content: answer.NetworkInterfaces ?? [], truncated: answer.NextToken !== undefined };
  },
});
