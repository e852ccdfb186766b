import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import { GetInstanceProfileCommand } from '@aws-sdk/client-iam';
import { NothingToDoError, NotYetError, WrongStateError } from '../../core/errors.ts';
import { readInstance } from '../../core/instance.ts';
import { hasName } from '../../core/named-error.ts';
import { type Before, type Reader, readAssociation } from './associations.ts';

/** Reads an instance that EC2 lets a profile be taken from. Throws TargetNotFoundError and WrongStateError. */
export async function readAttachable(id: string, account: Reader): Promise<Instance> {
  const instance = await readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
  const state = instance.State?.Name ?? 'unknown';
  if (state === 'running' || state === 'stopped') return instance;
  const advice =
    state === 'shutting-down'
      ? 'it is being terminated, and its credentials with it'
      : 'EC2 changes the profile of a running or stopped instance only; plan again in a minute';
  throw new WrongStateError(`instance ${id}`, state, advice);
}

/** Throws NothingToDoError for an instance without a profile, NotYetError while AWS attaches or detaches one. */
export async function readBefore(id: string, account: Reader): Promise<Before> {
  const association = await readAssociation(id, account);
  if (!association) throw new NothingToDoError(`instance ${id}`, 'has no instance profile');
  const { profile, profileId, state } = association;
  if (state !== 'associated') throw new NotYetError(`the instance profile of instance ${id}`, state);
  return { profile, profileId, role: await roleOf(profile, account) };
}

/**
 * The role that the profile holds now. One without a role, or that was deleted while in use, gives no credentials,
 * and could not be put back.
 */
async function roleOf(profile: string, account: Reader): Promise<string> {
  const InstanceProfileName = profile.split('/').at(-1);
  const { InstanceProfile: found } = await account
    .send(new GetInstanceProfileCommand({ InstanceProfileName }))
    .catch((error: unknown) => {
      if (hasName(error, 'NoSuchEntityException')) return { InstanceProfile: undefined };
      throw error;
    });
  const role = found?.Roles?.[0]?.Arn;
  if (found?.Arn === profile && role !== undefined) return role;
  throw new WrongStateError(
    `instance profile ${profile}`,
    'without a role, or deleted',
    'it gives the instance no credentials; what it was given before, revoke-sessions on the role ends',
  );
}
