import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { defineExhibit } from '../core/exhibit.ts';
import { readInstance } from '../core/instance.ts';

/** DescribeInstances says nothing of user data, which may hold secrets and is left out of every bundle. */
export const instance = defineExhibit({
  id: 'instance',
  title: 'The instance: state, addresses, image, key, profile, disks, metadata options, tags',
  targets: ['instance'],
  occasions: ['before-change', 'after-change'],
  reads: [DescribeInstancesCommand],
  permissions: [{ actions: ['ec2:DescribeInstances'], resources: ['*'] }],

  async collect({ id }, { account }) {
    const content = await readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
    return { content, truncated: false };
  },
});
