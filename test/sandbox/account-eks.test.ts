import * as eks from '@aws-sdk/client-eks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, admin, type Fixture, now, region, startFixture, stolen } from './account-fixture.ts';

const clusterName = 'prod';
const principalArn = `arn:aws:iam::${account}:role/ci/deploy`;
const node = `arn:aws:iam::${account}:role/node`;
const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy';
let fixture: Fixture;
let fresh: CloudState;
let client: eks.EKSClient;

const clientOf = (credentials = admin) =>
  new eks.EKSClient({ endpoint: fixture.server.endpoint, region, credentials });

beforeAll(async () => {
  const accessEntries = [
    {
      principalArn,
      kubernetesGroups: ['deployers'],
      policies: [{ policy: 'AmazonEKSEditPolicy', namespaces: ['shop', 'jobs'], associatedAt: '-P9D' }],
      tags: { team: 'shop' },
    },
    { principalArn: node, type: 'EC2_LINUX' },
  ];
  const clusters = [
    { name: clusterName, accessEntries, tags: { tier: 'front' } },
    { name: 'old', authenticationMode: 'CONFIG_MAP' },
  ];
  fixture = await startFixture({ seed: { eks: { clusters } } });
  fresh = fixture.cloud.snapshot();
  client = clientOf();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const policies = async () =>
  (await client.send(new eks.ListAssociatedAccessPoliciesCommand({ clusterName, principalArn })))
    .associatedAccessPolicies;
const associate = (accessScope: object, more: object = {}) =>
  client.send(
    new eks.AssociateAccessPolicyCommand({ clusterName, principalArn, policyArn, accessScope, ...more }),
  );
const disassociate = (more: object = {}) =>
  client.send(new eks.DisassociateAccessPolicyCommand({ clusterName, principalArn, policyArn, ...more }));

it('a cluster is described with its ARN, its mode and its tags', async () => {
  expect((await client.send(new eks.DescribeClusterCommand({ name: clusterName }))).cluster).toMatchObject({
    arn: `arn:aws:eks:${region}:${account}:cluster/prod`,
    status: 'ACTIVE',
    accessConfig: { authenticationMode: 'API' },
    tags: { tier: 'front' },
  });
});

it('an access entry is described, with an id in its ARN, and listed by its principal', async () => {
  const { accessEntry } = await client.send(
    new eks.DescribeAccessEntryCommand({ clusterName, principalArn }),
  );
  expect(accessEntry).toMatchObject({
    type: 'STANDARD',
    kubernetesGroups: ['deployers'],
    tags: { team: 'shop' },
  });
  expect(accessEntry?.accessEntryArn).toMatch(
    new RegExp(`^arn:aws:eks:${region}:${account}:access-entry/prod/role/${account}/deploy/[0-9a-f-]{36}$`),
  );
  const first = await client.send(new eks.ListAccessEntriesCommand({ clusterName, maxResults: 1 }));
  const { nextToken } = first;
  const second = await client.send(
    new eks.ListAccessEntriesCommand({ clusterName, maxResults: 1, nextToken }),
  );
  expect([first.accessEntries, second.accessEntries, second.nextToken]).toEqual([
    [principalArn],
    [node],
    undefined,
  ]);
});

describe('an access policy', () => {
  it('is taken away, and given back with its scope and a new time', async () => {
    expect(await policies()).toMatchObject([
      { policyArn, accessScope: { type: 'namespace', namespaces: ['jobs', 'shop'] } },
    ]);
    await disassociate();
    expect(await policies()).toEqual([]);
    await associate({ type: 'namespace', namespaces: ['shop'] });
    expect(await policies()).toMatchObject([{ accessScope: { namespaces: ['shop'] }, associatedAt: now }]);
  });

  it('that is associated already gets another scope', async () => {
    await associate({ type: 'cluster' });
    expect(await policies()).toMatchObject([{ accessScope: { type: 'cluster', namespaces: [] } }]);
  });

  it.each([
    ['taken twice', () => disassociate().then(() => disassociate()), 'ResourceNotFoundException'],
    ['in no cluster', () => disassociate({ clusterName: 'none' }), 'ResourceNotFoundException'],
    ['of no entry', () => disassociate({ principalArn: `${principalArn}2` }), 'ResourceNotFoundException'],
    ['of a node', () => associate({ type: 'cluster' }, { principalArn: node }), 'InvalidRequestException'],
    [
      'under no such name',
      () => associate({ type: 'cluster' }, { policyArn: 'x' }),
      'InvalidParameterException',
    ],
    ['for no namespace', () => associate({ type: 'namespace' }), 'InvalidParameterException'],
    ['where a ConfigMap says it all', () => disassociate({ clusterName: 'old' }), 'InvalidRequestException'],
  ])('%s is refused', async (_, attempt, name) => {
    await expect(attempt()).rejects.toMatchObject({ name });
  });
});

it('refuses whom IAM does not allow, and CloudTrail records a change', async () => {
  const refused = clientOf(stolen).send(
    new eks.DisassociateAccessPolicyCommand({ clusterName, principalArn, policyArn }),
  );
  await expect(refused).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await disassociate();
  expect(fixture.cloud.account(account).events.at(-1)).toMatchObject({
    eventName: 'DisassociateAccessPolicy',
    eventSource: 'eks.amazonaws.com',
    readOnly: false,
  });
});
