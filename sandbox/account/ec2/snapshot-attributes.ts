import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation, type RequestContext } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { findResource, requireResource } from './resources.ts';
import { changing, type Scope } from './scope.ts';
import type { SnapshotSharing, SnapshotState } from './state.ts';

type Modify = ec2.ModifySnapshotAttributeCommandInput;
const unshared: SnapshotSharing = { isPublic: false, accounts: [] };

/** Who may make volumes of a snapshot: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html */
export function snapshotAttributeOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeSnapshotAttribute: changing<
      ec2.DescribeSnapshotAttributeCommandInput,
      ec2.DescribeSnapshotAttributeCommandOutput
    >(
      cloud,
      (input, scope) => [requireResource(scope, 'DescribeSnapshotAttribute', input.SnapshotId ?? '')],
      describe,
    ),
    ModifySnapshotAttribute: changing<Modify, ec2.ModifySnapshotAttributeCommandOutput>(
      cloud,
      (input, scope) => [
        requireResource(scope, 'ModifySnapshotAttribute', input.SnapshotId ?? '', shareContext(input)),
      ],
      modify,
    ),
  };
}

/** `ec2:Add/userId`, `ec2:Remove/group` and their like: absent where nothing of the kind is asked. */
function shareContext({ OperationType, UserIds = [], GroupNames = [] }: Modify): RequestContext {
  const of = (kind: string, values: readonly string[]) =>
    values.length > 0 ? { [`ec2:${OperationType}/${kind}`]: values } : {};
  return { ...of('userid', UserIds), ...of('group', GroupNames) };
}

function describe({ SnapshotId, Attribute }: ec2.DescribeSnapshotAttributeCommandInput, scope: Scope) {
  const { isPublic, accounts } = ownSnapshot(scope, SnapshotId).sharing ?? unshared;
  checkAttribute(Attribute);
  const everybody = isPublic ? [{ Group: 'all' as const }] : [];
  return {
    SnapshotId,
    CreateVolumePermissions: [...everybody, ...accounts.map((UserId) => ({ UserId }))],
  };
}

/** Adding what is there, and removing what is not, succeeds and changes nothing. */
function modify(input: Modify, scope: Scope): object {
  const snapshot = ownSnapshot(scope, input.SnapshotId);
  checkAttribute(input.Attribute);
  const { isPublic, accounts } = snapshot.sharing ?? unshared;
  const { everybody, named } = sharesOf(input);
  const others = accounts.filter((one) => !named.includes(one));
  switch (input.OperationType) {
    case 'add':
      checkMayBeShared(snapshot, everybody);
      snapshot.sharing = { isPublic: isPublic || everybody, accounts: [...others, ...named].sort() };
      return {};
    case 'remove':
      snapshot.sharing = { isPublic: isPublic && !everybody, accounts: others };
      return {};
    default:
      throw new AwsError('InvalidParameterValue', `Invalid operation type '${input.OperationType}'`);
  }
}

function sharesOf({ GroupNames = [], UserIds = [] }: Modify) {
  if (GroupNames.length === 0 && UserIds.length === 0)
    throw new AwsError('InvalidParameterCombination', 'No permission to add or remove was specified');
  if (GroupNames.some((group) => group !== 'all'))
    throw new AwsError('InvalidAMIAttributeItemValue', 'Invalid attribute item value for group');
  const wrong = UserIds.find((account) => !/^\d{12}$/.test(account));
  if (wrong !== undefined)
    throw new AwsError('InvalidAMIAttributeItemValue', `Invalid attribute item value "${wrong}" for userId`);
  return { everybody: GroupNames.length > 0, named: [...new Set(UserIds)] };
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html */
function checkMayBeShared({ snapshotId, encrypted }: SnapshotState, everybody: boolean): void {
  if (encrypted && everybody)
    throw new AwsError('InvalidParameterValue', `The encrypted snapshot ${snapshotId} cannot be made public`);
}

function ownSnapshot(scope: Scope, id: string | undefined): SnapshotState {
  const snapshot = findResource(scope.ec2.snapshots, id, 'snap');
  if (snapshot.ownerId !== undefined && snapshot.ownerId !== scope.account)
    throw new AwsError('AuthFailure', `You do not own the resource: ${snapshot.snapshotId}`, 403);
  return snapshot;
}

function checkAttribute(attribute: string | undefined): void {
  if (attribute !== 'createVolumePermission')
    throw new AwsError('InvalidParameterValue', `The sandbox does not know the attribute '${attribute}'`);
}
