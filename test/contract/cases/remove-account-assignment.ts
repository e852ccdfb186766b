import { GetUserIdCommand } from '@aws-sdk/client-identitystore';
import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  ListAccountAssignmentsCommand,
} from '@aws-sdk/client-sso-admin';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { ACCOUNT, type ActionCase, REGION, target } from '../action-case.ts';
import {
  ADMIN,
  ADMINS,
  ALICE,
  assigned,
  callOfSession,
  INSTANCE,
  identityCenter,
  KEY,
  READ,
} from './identity-center-seeds.ts';

const of = (fields: object = {}) => ({
  InstanceArn: INSTANCE,
  PermissionSetArn: ADMIN,
  PrincipalType: 'USER' as const,
  PrincipalId: ALICE,
  TargetType: 'AWS_ACCOUNT' as const,
  TargetId: ACCOUNT,
  ...fields,
});

const common = {
  target: target('access-key', KEY),
  activity: [callOfSession()],
  innocent: ({ iam, regions }) => {
    const { assignments = [], ...center } = regions[REGION]?.identityCenter ?? {};
    const others = assignments.filter(
      (one) => one.permissionSetArn !== ADMIN || one.principalId !== ALICE || one.account !== ACCOUNT,
    );
    const roles = Object.values(iam.roles).filter(
      ({ roleName }) => !roleName.startsWith('AWSReservedSSO_Admin_'),
    );
    return [iam.users, roles, center, others];
  },
  trespasses: () => [
    new DeleteAccountAssignmentCommand(of({ PermissionSetArn: READ })),
    new CreateAccountAssignmentCommand(of({ PermissionSetArn: READ })),
    new DeleteAccountAssignmentCommand(of({ TargetId: '444455556666' })),
    new ListAccountAssignmentsCommand({ InstanceArn: INSTANCE, PermissionSetArn: READ, AccountId: ACCOUNT }),
    new GetUserIdCommand({
      IdentityStoreId: 'd-0a0a0a0a0a',
      AlternateIdentifier: {
        UniqueAttribute: { AttributePath: 'userName', AttributeValue: 'bob@example.com' },
      },
    }),
  ],
} satisfies Partial<ActionCase>;

/** Everything but the letters that end the name of the permission set's role, and what the role is known by. */
function restorable({ iam, regions }: AccountState): unknown {
  const roles = Object.values(iam.roles).map(({ roleName, path }) => [
    path,
    roleName.replace(/^(AWSReservedSSO_Admin)_.*/, '$1'),
  ]);
  return [{ ...iam, roles: roles.sort() }, regions];
}

export const cases: readonly ActionCase[] = [
  { ...common, name: 'a person among others who have the permission set', seed: identityCenter() },
  {
    ...common,
    name: 'a protected permission set that a group has as well, which the person is not in',
    seed: identityCenter(
      { assignments: [assigned(ALICE), assigned(ADMINS, { principalType: 'GROUP' })] },
      { 'sallyport:protected': '' },
    ),
  },
  {
    ...common,
    name: 'the last assignment of a permission set, with which its role goes',
    seed: identityCenter({ assignments: [assigned(ALICE), assigned(ALICE, { permissionSetArn: READ })] }),
    restorable,
  },
];
