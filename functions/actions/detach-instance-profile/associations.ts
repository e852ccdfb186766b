import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  AssociateIamInstanceProfileCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstancesCommand,
  DisassociateIamInstanceProfileCommand,
  type IamInstanceProfileAssociation,
} from '@aws-sdk/client-ec2';
import { GetInstanceProfileCommand } from '@aws-sdk/client-iam';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { TargetNotFoundError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [
  DescribeInstancesCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  GetInstanceProfileCommand,
  LookupEventsCommand,
] as const;
export const writes = [DisassociateIamInstanceProfileCommand, AssociateIamInstanceProfileCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/**
 * What the instance has, by the profile's ARN and unique id, and the role that this gives it. Not the association's
 * id, which is another one each time.
 */
export const Before = z.strictObject({ profile: z.string(), profileId: z.string(), role: z.string() });
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

/** An association that stands, or that AWS is still busy with. */
export interface Association {
  readonly id: string;
  readonly profile: string;
  readonly profileId: string;
  readonly state: 'associating' | 'associated' | 'disassociating';
}

/** The instance's association; there is one at most. Undefined as well once AWS says `disassociated`. */
export async function readAssociation(instanceId: string, account: Reader): Promise<Association | undefined> {
  const Filters = [{ Name: 'instance-id', Values: [instanceId] }];
  const { IamInstanceProfileAssociations: found = [] } = await account.send(
    new DescribeIamInstanceProfileAssociationsCommand({ Filters }),
  );
  const associations = found.flatMap((one) => toAssociation(one) ?? []);
  return associations.find(({ state }) => state !== 'disassociating') ?? associations[0];
}

function toAssociation(one: IamInstanceProfileAssociation): Association | undefined {
  const { AssociationId: id = '', IamInstanceProfile: profile, State: state } = one;
  if (state === undefined || state === 'disassociated') return undefined;
  return { id, profile: profile?.Arn ?? '', profileId: profile?.Id ?? '', state };
}

/** One that is gone already is what was asked for. */
export async function disassociate({ id }: Association, account: Writer): Promise<void> {
  try {
    await account.send(new DisassociateIamInstanceProfileCommand({ AssociationId: id }));
  } catch (error) {
    if (!hasName(error, 'InvalidAssociationID.NotFound')) throw error;
  }
}

/** Throws TargetNotFoundError where the profile, or the instance, was deleted since. */
export async function associate(instanceId: string, { profile }: Before, account: Writer): Promise<void> {
  try {
    const IamInstanceProfile = { Arn: profile };
    await account.send(
      new AssociateIamInstanceProfileCommand({ InstanceId: instanceId, IamInstanceProfile }),
    );
  } catch (error) {
    if (hasName(error, 'InvalidParameterValue'))
      throw new TargetNotFoundError(`instance profile ${profile}`, { cause: error });
    if (hasName(error, 'InvalidInstanceID.NotFound', 'IncorrectInstanceState'))
      throw new TargetNotFoundError(`instance ${instanceId}`, { cause: error });
    throw error;
  }
}
