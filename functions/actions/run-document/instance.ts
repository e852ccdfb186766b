import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import { DescribeInstanceInformationCommand } from '@aws-sdk/client-ssm';
import { WrongStateError } from '../../core/errors.ts';
import { readInstance } from '../../core/instance.ts';
import type { Reader } from './operations.ts';

/** A Linux instance that Systems Manager reaches now. Throws TargetNotFoundError and WrongStateError. */
export async function readManaged(id: string, account: Reader): Promise<Instance> {
  const instance = await readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
  const name = `instance ${id}`;
  const { InstanceInformationList: [managed] = [] } = await account.send(
    new DescribeInstanceInformationCommand({ Filters: [{ Key: 'InstanceIds', Values: [id] }] }),
  );
  if (!managed)
    throw new WrongStateError(
      name,
      'not managed by Systems Manager',
      'nothing can be run on it; its agent has to run, and its role to allow AmazonSSMManagedInstanceCore',
    );
  if (managed.PingStatus !== 'Online')
    throw new WrongStateError(
      name,
      `${managed.PingStatus} for Systems Manager`,
      'nothing reaches it now; see whether it runs and has a way to Systems Manager',
    );
  if (managed.PlatformType !== 'Linux')
    throw new WrongStateError(name, `of platform ${managed.PlatformType}`, 'the document is for Linux');
  return instance;
}
