import type * as identitystore from '@aws-sdk/client-identitystore';
import { AwsError, type Caller, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { inIdentityCenter, notFound, requireAll, type Scope } from './scope.ts';
import type { DirectoryUserState, IdentityCenterState } from './state.ts';

type GetUserId = [identitystore.GetUserIdCommandInput, identitystore.GetUserIdCommandOutput];
type IsMember = [identitystore.IsMemberInGroupsCommandInput, identitystore.IsMemberInGroupsCommandOutput];

interface InStore {
  readonly IdentityStoreId?: string | undefined;
}

/** The people of the Identity Center's own directory. */
export function directoryOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetUserId: inIdentityCenter<GetUserId[0], GetUserId[1]>(
      cloud,
      (input, caller) => {
        const center = centerOf(cloud, caller, input);
        const id = userNamed(input, center)?.userId ?? 'unknown';
        return requireAll('identitystore:GetUserId', [storeArn(input, center), userArn(id)], caller);
      },
      (input, scope) => {
        checkStore(input, scope);
        const user = userNamed(input, scope.center);
        if (!user) throw notFound('USER not found.');
        return { IdentityStoreId: input.IdentityStoreId, UserId: user.userId };
      },
    ),
    IsMemberInGroups: inIdentityCenter<IsMember[0], IsMember[1]>(
      cloud,
      (input, caller) => {
        const groups = input.GroupIds?.map((id) => `arn:aws:identitystore:::group/${id}`) ?? [];
        const store = storeArn(input, centerOf(cloud, caller, input));
        const memberships = 'arn:aws:identitystore:::membership/*';
        const resources = [store, userArn(input.MemberId?.UserId), ...groups, memberships];
        return requireAll('identitystore:IsMemberInGroups', resources, caller);
      },
      (input, scope) => {
        checkStore(input, scope);
        const { GroupIds = [], MemberId } = input;
        if (GroupIds.length < 1 || GroupIds.length > 100)
          throw new AwsError('ValidationException', 'GroupIds must hold 1 to 100 ids');
        const user = Object.values(scope.center.users).find(({ userId }) => userId === MemberId?.UserId);
        if (!user) throw notFound('USER not found.');
        const Results = GroupIds.map((GroupId) => ({
          GroupId,
          MemberId,
          MembershipExists: user.groups.includes(GroupId),
        }));
        return { Results };
      },
    ),
  };
}

/** In whatever region: who may ask is settled before the directory is. */
function centerOf(
  cloud: Cloud,
  { account }: Caller,
  { IdentityStoreId: id }: InStore,
): IdentityCenterState | undefined {
  const regions = Object.values(cloud.account(account).regions);
  return regions.find(({ identityCenter }) => identityCenter?.identityStoreId === id)?.identityCenter;
}

/** User names are unique, whatever their case. */
function userNamed(
  { AlternateIdentifier }: GetUserId[0],
  center: IdentityCenterState | undefined,
): DirectoryUserState | undefined {
  const { AttributePath, AttributeValue } = AlternateIdentifier?.UniqueAttribute ?? {};
  if (AttributePath !== 'userName') return undefined;
  const wanted = String(AttributeValue).toLowerCase();
  return Object.values(center?.users ?? {}).find(({ userName }) => userName.toLowerCase() === wanted);
}

function checkStore({ IdentityStoreId: id }: InStore, { center }: Scope): void {
  if (id !== center.identityStoreId) throw notFound('IdentityStore not found.');
}

function storeArn({ IdentityStoreId: id }: InStore, center: IdentityCenterState | undefined): string {
  return `arn:aws:identitystore::${center?.ownerAccount ?? ''}:identitystore/${id}`;
}

function userArn(id = ''): string {
  return `arn:aws:identitystore:::user/${id}`;
}
