import * as identitystore from '@aws-sdk/client-identitystore';
import * as sso from '@aws-sdk/client-sso-admin';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, admin, type Fixture, region, startFixture, stolen } from './account-fixture.ts';

const InstanceArn = 'arn:aws:sso:::instance/ssoins-0a0a0a0a0a0a0a0a';
const IdentityStoreId = 'd-0a0a0a0a0a';
const PermissionSetArn = 'arn:aws:sso:::permissionSet/ssoins-0a0a0a0a0a0a0a0a/ps-admin00000000000';
const alice = '0a000000-0000-4000-8000-00000000000a';
const admins = '0a000000-0000-4000-8000-0000000000a1';
let fixture: Fixture;
let fresh: CloudState;
let client: sso.SSOAdminClient;
let directory: identitystore.IdentitystoreClient;

beforeAll(async () => {
  const identityCenter = {
    users: [{ userId: alice, userName: 'alice', groups: [admins] }],
    permissionSets: [{ arn: PermissionSetArn, name: 'Admin', tags: { team: 'cloud' } }],
  };
  fixture = await startFixture({ seed: { identityCenter } });
  fresh = fixture.cloud.snapshot();
  const settings = { endpoint: fixture.server.endpoint, region, credentials: admin };
  client = new sso.SSOAdminClient(settings);
  directory = new identitystore.IdentitystoreClient(settings);
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const assignment = {
  InstanceArn,
  PermissionSetArn,
  PrincipalId: alice,
  PrincipalType: 'USER',
  TargetId: account,
  TargetType: 'AWS_ACCOUNT',
} as const;
const create = (more: object = {}) =>
  client.send(new sso.CreateAccountAssignmentCommand({ ...assignment, ...more }));
const remove = () => client.send(new sso.DeleteAccountAssignmentCommand(assignment));
const statusOf = async (id: string | undefined) =>
  (
    await client.send(
      new sso.DescribeAccountAssignmentCreationStatusCommand({
        InstanceArn,
        AccountAssignmentCreationRequestId: id,
      }),
    )
  ).AccountAssignmentCreationStatus?.Status;
const assigned = async () =>
  (
    await client.send(
      new sso.ListAccountAssignmentsCommand({ InstanceArn, PermissionSetArn, AccountId: account }),
    )
  ).AccountAssignments;
const roles = () =>
  Object.values(fixture.cloud.account(account).iam.roles).filter(({ path }) =>
    path.startsWith('/aws-reserved/'),
  );

it('an assignment is made in the background, and seen when that is over', async () => {
  Object.assign(fixture.cloud.region(account, region).identityCenter ?? {}, { polls: 2 });
  const { AccountAssignmentCreationStatus: begun } = await create();
  expect(begun).toMatchObject({ Status: 'IN_PROGRESS', PrincipalId: alice, TargetId: account });
  expect(await assigned()).toEqual([]);
  expect(await statusOf(begun?.RequestId)).toBe('IN_PROGRESS');
  await expect(remove()).rejects.toMatchObject({ name: 'ConflictException' });
  const listed = await client.send(
    new sso.ListAccountAssignmentCreationStatusCommand({ InstanceArn, Filter: { Status: 'IN_PROGRESS' } }),
  );
  expect(listed.AccountAssignmentsCreationStatus).toMatchObject([{ RequestId: begun?.RequestId }]);
  expect(await statusOf(begun?.RequestId)).toBe('SUCCEEDED');
  expect(await assigned()).toEqual([
    { AccountId: account, PermissionSetArn, PrincipalId: alice, PrincipalType: 'USER' },
  ]);
});

it('the permission set’s role comes with the first assignment and goes with the last, never by the same name', async () => {
  await create();
  const [first] = roles();
  expect(first).toMatchObject({ path: `/aws-reserved/sso.amazonaws.com/${region}/` });
  expect(first?.roleName).toMatch(/^AWSReservedSSO_Admin_[0-9a-f]{16}$/);
  await create({ PrincipalId: admins, PrincipalType: 'GROUP' });
  await remove();
  expect(roles()).toEqual([first]);
  await client.send(
    new sso.DeleteAccountAssignmentCommand({ ...assignment, PrincipalId: admins, PrincipalType: 'GROUP' }),
  );
  expect(roles()).toEqual([]);
  await create();
  expect(roles()).toHaveLength(1);
  expect(roles()[0]?.roleName).not.toBe(first?.roleName);
});

it.each([
  [{ PrincipalId: '0a000000-0000-4000-8000-0000000000ff' }],
  [{ PermissionSetArn: PermissionSetArn.replace('admin', 'other') }],
  [{ InstanceArn: InstanceArn.replace('0a0a', '0b0b') }],
])('an assignment of %j is refused', async (more) => {
  await expect(create(more)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('what is provisioned, its name and its tags are told', async () => {
  await create();
  const provisioned = { InstanceArn, AccountId: account };
  expect(
    (await client.send(new sso.ListPermissionSetsProvisionedToAccountCommand(provisioned))).PermissionSets,
  ).toEqual([PermissionSetArn]);
  const named = { InstanceArn, PermissionSetArn };
  expect((await client.send(new sso.DescribePermissionSetCommand(named))).PermissionSet?.Name).toBe('Admin');
  const tagged = { InstanceArn, ResourceArn: PermissionSetArn };
  expect((await client.send(new sso.ListTagsForResourceCommand(tagged))).Tags).toEqual([
    { Key: 'team', Value: 'cloud' },
  ]);
});

const userId = (AttributeValue: string) =>
  directory.send(
    new identitystore.GetUserIdCommand({
      IdentityStoreId,
      AlternateIdentifier: { UniqueAttribute: { AttributePath: 'userName', AttributeValue } },
    }),
  );

it('the directory finds a user by the whole name, and says which groups the user is in', async () => {
  expect(await userId('Alice')).toMatchObject({ UserId: alice });
  await expect(userId('alic')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const { Results } = await directory.send(
    new identitystore.IsMemberInGroupsCommand({
      IdentityStoreId,
      MemberId: { UserId: alice },
      GroupIds: [admins, alice],
    }),
  );
  expect(Results?.map(({ MembershipExists }) => MembershipExists)).toEqual([true, false]);
});

it('an account that does not administer it sees the instance, and may do nothing with it', async () => {
  Object.assign(fixture.cloud.region(account, region).identityCenter ?? {}, { administers: false });
  expect((await client.send(new sso.ListInstancesCommand({}))).Instances).toMatchObject([{ InstanceArn }]);
  await expect(assigned()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(userId('alice')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it('who may do nothing here is refused, and CloudTrail knows the service by its own name', async () => {
  const settings = { endpoint: fixture.server.endpoint, region, credentials: stolen };
  await expect(
    new sso.SSOAdminClient(settings).send(new sso.DeleteAccountAssignmentCommand(assignment)),
  ).rejects.toThrow(`not authorized to perform: sso:DeleteAccountAssignment on resource: ${InstanceArn}`);
  expect(fixture.cloud.account(account).events.at(-1)).toMatchObject({
    eventSource: 'sso.amazonaws.com',
    eventName: 'DeleteAccountAssignment',
  });
});
