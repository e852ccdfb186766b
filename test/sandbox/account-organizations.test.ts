import * as organizations from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, admin, type Fixture, region, startFixture, stolen } from './account-fixture.ts';

const guarding = { Statement: { Effect: 'Deny', Action: 'ec2:*', Resource: '*' } };
const PolicyId = 'p-guard0000';
const Filter = 'SERVICE_CONTROL_POLICY';
let fixture: Fixture;
let fresh: CloudState;
let client: organizations.OrganizationsClient;

const clientOf = (credentials = admin) =>
  new organizations.OrganizationsClient({ endpoint: fixture.server.endpoint, region, credentials });

beforeAll(async () => {
  const policies = [{ id: PolicyId, name: 'no machines', content: guarding, tags: { team: 'cloud' } }];
  fixture = await startFixture({ seed: { organization: { policies } } });
  fresh = fixture.cloud.snapshot();
  client = clientOf();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const create = (more: object = {}) =>
  client.send(
    new organizations.CreatePolicyCommand({
      Name: 'new',
      Description: '',
      Type: Filter,
      Content: JSON.stringify(guarding),
      ...more,
    }),
  );
const attach = (id = PolicyId, TargetId = account) =>
  client.send(new organizations.AttachPolicyCommand({ PolicyId: id, TargetId }));
const attached = async () =>
  (
    await client.send(new organizations.ListPoliciesForTargetCommand({ TargetId: account, Filter }))
  ).Policies?.map(({ Id }) => Id);

it('an organization is described with its management account, and its root with its policy types', async () => {
  const { Organization } = await client.send(new organizations.DescribeOrganizationCommand({}));
  expect(Organization).toMatchObject({ MasterAccountId: '999988887777', FeatureSet: 'ALL' });
  const { Roots } = await client.send(new organizations.ListRootsCommand({}));
  expect(Roots?.[0]?.PolicyTypes).toEqual([{ Type: Filter, Status: 'ENABLED' }]);
});

it('an account in no organization is told so', async () => {
  fixture.cloud.account(account).organization = undefined;
  await expect(client.send(new organizations.ListRootsCommand({}))).rejects.toMatchObject({
    name: 'AWSOrganizationsNotInUseException',
  });
});

it('a policy is made, attached, detached and deleted', async () => {
  const { Policy } = await create();
  const id = Policy?.PolicySummary?.Id ?? '';
  expect(Policy?.PolicySummary?.Arn).toMatch(
    /^arn:aws:organizations::999988887777:policy\/o-[a-z0-9]+\/service_control_policy\/p-[0-9a-f]{8}$/,
  );
  await attach(id);
  expect(await attached()).toEqual(['p-FullAWSAccess', id]);
  await expect(client.send(new organizations.DeletePolicyCommand({ PolicyId: id }))).rejects.toMatchObject({
    name: 'PolicyInUseException',
  });
  await client.send(new organizations.DetachPolicyCommand({ PolicyId: id, TargetId: account }));
  await client.send(new organizations.DeletePolicyCommand({ PolicyId: id }));
  await expect(client.send(new organizations.DescribePolicyCommand({ PolicyId: id }))).rejects.toMatchObject({
    name: 'PolicyNotFoundException',
  });
});

it.each([
  [{ Name: 'no machines' }, 'DuplicatePolicyException'],
  [{ Content: 'no JSON' }, 'MalformedPolicyDocumentException'],
  [{ Content: '{"Statement":[]}' }, 'MalformedPolicyDocumentException'],
  [{ Content: `${JSON.stringify(guarding)}${' '.repeat(5120)}` }, 'ConstraintViolationException'],
])('a policy with %j is refused', async (more, name) => {
  await expect(create(more)).rejects.toMatchObject({ name });
});

it('a policy is attached once, and taken off once', async () => {
  await expect(
    client.send(new organizations.DetachPolicyCommand({ PolicyId, TargetId: account })),
  ).rejects.toMatchObject({ name: 'PolicyNotAttachedException' });
  await attach();
  await expect(attach()).rejects.toMatchObject({ name: 'DuplicatePolicyAttachmentException' });
});

it('an account takes five, AWS’s own among them', async () => {
  for (const Name of ['a', 'b', 'c', 'd']) {
    const { Policy } = await create({ Name });
    await attach(Policy?.PolicySummary?.Id);
  }
  await expect(attach()).rejects.toMatchObject({
    name: 'ConstraintViolationException',
    Reason: 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
  });
});

it('what is attached to the account binds its users, and what is attached elsewhere does not', async () => {
  const { Policy } = await create({
    Name: 'no organizations',
    Content: JSON.stringify({ Statement: { Effect: 'Deny', Action: 'organizations:List*', Resource: '*' } }),
  });
  await attach(Policy?.PolicySummary?.Id, '444455556666');
  await attached();
  await attach(Policy?.PolicySummary?.Id);
  await expect(attached()).rejects.toThrow('with an explicit deny in a service control policy');
});

it('the management account is bound by none', async () => {
  await attach();
  const { organization } = fixture.cloud.account(account);
  const content = JSON.stringify({ Statement: { Effect: 'Deny', Action: '*', Resource: '*' } });
  Object.assign(organization?.policies[PolicyId] ?? {}, { content });
  await expect(attached()).rejects.toThrow('explicit deny');
  Object.assign(organization ?? {}, { managementAccount: account });
  expect(await attached()).toContain(PolicyId);
});

it('who may do nothing here is refused, and the call is in the history of us-east-1', async () => {
  await expect(clientOf(stolen).send(new organizations.DeletePolicyCommand({ PolicyId }))).rejects.toThrow(
    `not authorized to perform: organizations:DeletePolicy on resource: arn:aws:organizations::`,
  );
  expect(fixture.cloud.account(account).events.at(-1)).toMatchObject({
    eventSource: 'organizations.amazonaws.com',
    eventName: 'DeletePolicy',
    awsRegion: 'us-east-1',
  });
});
