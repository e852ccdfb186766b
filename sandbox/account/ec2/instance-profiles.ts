import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation, type Requirement } from '../../wire/service.ts';
import { instanceProfileArn, nameOfArn, roleArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import type { InstanceProfileState } from '../iam/state.ts';
import { ec2Id } from '../ids.ts';
import { listResources } from './listing.ts';
import { findResource, requireNew, requireResource } from './resources.ts';
import { changing, reading, type Scope } from './scope.ts';
import type { InstanceState } from './state.ts';

type Associate = ec2.AssociateIamInstanceProfileCommandInput;
type Disassociate = ec2.DisassociateIamInstanceProfileCommandInput;

/** Which profile, and so which role, an instance has: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/attach-iam-role.html */
export function instanceProfileOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeIamInstanceProfileAssociations: reading<
      ec2.DescribeIamInstanceProfileAssociationsCommandInput,
      ec2.DescribeIamInstanceProfileAssociationsCommandOutput
    >(cloud, 'DescribeIamInstanceProfileAssociations', describe),
    AssociateIamInstanceProfile: changing<Associate, ec2.AssociateIamInstanceProfileCommandOutput>(
      cloud,
      requireAssociation,
      associate,
    ),
    DisassociateIamInstanceProfile: changing<Disassociate, ec2.DisassociateIamInstanceProfileCommandOutput>(
      cloud,
      (input, scope) => {
        const id = holderOf(scope, input.AssociationId)?.instanceId;
        return [
          id === undefined
            ? requireNew(scope, 'DisassociateIamInstanceProfile', 'instance')
            : requireResource(scope, 'DisassociateIamInstanceProfile', id),
        ];
      },
      disassociate,
    ),
  };
}

function describe(input: ec2.DescribeIamInstanceProfileAssociationsCommandInput, scope: Scope) {
  const { items, NextToken } = listResources<InstanceState>(scope, input, {
    records: scope.ec2.instances,
    prefix: 'i',
    ids: undefined,
    idOf: (one) => one.instanceId,
    filters: {
      'instance-id': (one) => one.instanceId,
      state: (one) => one.iamInstanceProfile?.state ?? 'associated',
    },
  });
  const wanted = input.AssociationIds;
  const associations = items.flatMap((instance) => {
    const shown = toAssociation(instance);
    return shown && (!wanted || wanted.includes(shown.AssociationId)) ? shown : [];
  });
  return { IamInstanceProfileAssociations: associations, NextToken };
}

function toAssociation({ instanceId: InstanceId, iamInstanceProfile: profile }: InstanceState) {
  return (
    profile && {
      AssociationId: profile.associationId,
      InstanceId,
      IamInstanceProfile: { Arn: profile.arn, Id: profile.id },
      State: profile.state ?? ('associated' as const),
    }
  );
}

/** Whoever associates a profile passes its role to EC2. */
function requireAssociation(input: Associate, scope: Scope): readonly Requirement[] {
  const { roles } = scope.cloud.account(scope.account).iam;
  const role = find(roles, profileOf(input, scope)?.roleName);
  return [
    requireResource(scope, 'AssociateIamInstanceProfile', input.InstanceId ?? ''),
    ...(role
      ? [
          {
            action: 'iam:PassRole',
            resource: roleArn(scope.account, role),
            context: { 'iam:passedtoservice': 'ec2.amazonaws.com' },
          },
        ]
      : []),
  ];
}

function associate(input: Associate, scope: Scope) {
  const instance = findResource(scope.ec2.instances, input.InstanceId, 'i');
  const profile = profileOf(input, scope);
  const given = input.IamInstanceProfile?.Arn ?? input.IamInstanceProfile?.Name;
  if (!profile)
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${given}) for parameter iamInstanceProfile is invalid. Invalid IAM Instance Profile`,
    );
  if (instance.iamInstanceProfile)
    throw new AwsError(
      'IncorrectState',
      `There is an existing association for instance ${instance.instanceId}`,
    );
  checkState(instance);
  instance.iamInstanceProfile = {
    associationId: ec2Id(scope.cloud, 'iip-assoc'),
    arn: instanceProfileArn(scope.account, profile),
    id: profile.instanceProfileId,
  };
  return { IamInstanceProfileAssociation: { ...toAssociation(instance), State: 'associating' as const } };
}

/** AWS takes some seconds to reach `disassociated`; here it is gone at once. */
function disassociate({ AssociationId }: Disassociate, scope: Scope) {
  const instance = holderOf(scope, AssociationId);
  if (!instance)
    throw new AwsError(
      'InvalidAssociationID.NotFound',
      `An invalid association-id of '${AssociationId}' was given`,
    );
  checkState(instance);
  const shown = { ...toAssociation(instance), State: 'disassociating' as const };
  instance.iamInstanceProfile = undefined;
  return { IamInstanceProfileAssociation: shown };
}

function holderOf(scope: Scope, associationId: string | undefined): InstanceState | undefined {
  const instances = Object.values(scope.ec2.instances);
  return instances.find((one) => one.iamInstanceProfile?.associationId === associationId);
}

function profileOf({ IamInstanceProfile: given }: Associate, scope: Scope): InstanceProfileState | undefined {
  const { instanceProfiles } = scope.cloud.account(scope.account).iam;
  const profile = find(instanceProfiles, given?.Name ?? nameOfArn(given?.Arn ?? ''));
  const fits =
    profile && (given?.Arn === undefined || given.Arn === instanceProfileArn(scope.account, profile));
  return fits ? profile : undefined;
}

function checkState({ instanceId, state }: InstanceState): void {
  if (state !== 'running' && state !== 'stopped')
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instanceId}' is not in the 'running' or 'stopped' states.`,
    );
}
