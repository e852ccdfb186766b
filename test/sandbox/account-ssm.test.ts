import * as ssm from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { deployDocuments } from '../../sandbox/services/ssm.ts';
import { Stack } from '../../sandbox/template/stack.ts';
import { account, admin, type Fixture, now, region, startFixture, stolen } from './account-fixture.ts';

const id = 'i-0a000000000000001';
const content = { schemaVersion: '2.2', mainSteps: [] };
let fixture: Fixture;
let fresh: CloudState;
let client: ssm.SSMClient;

const clientOf = (credentials = admin) =>
  new ssm.SSMClient({ endpoint: fixture.server.endpoint, region, credentials, maxAttempts: 1 });

beforeAll(async () => {
  const instances = [
    { instanceId: id },
    { instanceId: 'i-0b000000000000001', pingStatus: 'Inactive' },
    { instanceId: 'i-0c000000000000001', commandStatus: 'Failed' },
  ];
  const documents = [
    { name: 'patch', content },
    { name: 'audit', content },
  ];
  fixture = await startFixture({ seed: { ssm: { instances, documents } } });
  fresh = fixture.cloud.snapshot();
  client = clientOf();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const send = (more: object = {}, sender = client) =>
  sender.send(new ssm.SendCommandCommand({ DocumentName: 'patch', InstanceIds: [id], ...more }));
const list = async (more: object = {}) =>
  (await client.send(new ssm.ListCommandInvocationsCommand(more))).CommandInvocations;

it('a document is described with its hash, and read', async () => {
  const { Document } = await client.send(new ssm.DescribeDocumentCommand({ Name: 'patch' }));
  expect(Document).toMatchObject({ DefaultVersion: '1', HashType: 'Sha256', Status: 'Active' });
  expect(Document?.Hash).toMatch(/^[0-9a-f]{64}$/);
  const { Content } = await client.send(new ssm.GetDocumentCommand({ Name: 'patch', DocumentVersion: '1' }));
  expect(JSON.parse(Content ?? '')).toEqual(content);
});

it.each([
  ['InvalidDocument', { Name: 'none' }],
  ['InvalidDocument', { Name: '__proto__' }],
  ['InvalidDocumentVersion', { Name: 'patch', DocumentVersion: '2' }],
])('%s is the answer to %j', async (name, input) => {
  await expect(client.send(new ssm.GetDocumentCommand(input))).rejects.toMatchObject({ name });
  await expect(client.send(new ssm.DescribeDocumentCommand(input))).rejects.toMatchObject({ name });
});

it('instances are found by id; one that is not managed is in no list', async () => {
  const ask = async (...Values: string[]) =>
    (
      await client.send(
        new ssm.DescribeInstanceInformationCommand({ Filters: [{ Key: 'InstanceIds', Values }] }),
      )
    ).InstanceInformationList;
  expect(await ask(id)).toMatchObject([{ InstanceId: id, PingStatus: 'Online', PlatformType: 'Linux' }]);
  expect(await ask('i-0ffffffffffffffff')).toEqual([]);
});

it('a command is pending when it is sent, and found again by instance and document', async () => {
  const { Command } = await send({ Comment: 'ours' });
  expect(Command).toMatchObject({ Status: 'Pending', Comment: 'ours', RequestedDateTime: now });
  await send({ DocumentName: 'audit' });
  await send({ InstanceIds: ['i-0c000000000000001'] });
  const Filters = [{ key: 'DocumentName' as const, value: 'patch' }];
  expect(await list({ InstanceId: id, Filters })).toMatchObject([
    { CommandId: Command?.CommandId, Comment: 'ours', Status: 'Success', RequestedDateTime: now },
  ]);
  expect(await list({ Filters })).toMatchObject([{ Status: 'Failed' }, { Status: 'Success' }]);
});

it('later commands are later, and are listed page by page', async () => {
  await send();
  await send();
  const first = await client.send(new ssm.ListCommandInvocationsCommand({ MaxResults: 1 }));
  const second = await client.send(
    new ssm.ListCommandInvocationsCommand({ MaxResults: 1, NextToken: first.NextToken }),
  );
  const [late, early] = [first, second].map(({ CommandInvocations: [one] = [] }) => one?.RequestedDateTime);
  expect(late?.getTime()).toBeGreaterThan(early?.getTime() ?? Number.POSITIVE_INFINITY);
  expect(second.NextToken).toBeUndefined();
});

it.each([
  ['InvalidInstanceId', { InstanceIds: ['i-0b000000000000001'] }],
  ['InvalidInstanceId', { InstanceIds: [id, 'i-0ffffffffffffffff'] }],
  ['InvalidDocument', { DocumentName: 'none' }],
  ['InvalidDocument', { DocumentHash: '0'.repeat(64), DocumentHashType: 'Sha256' }],
  ['InvalidDocumentVersion', { DocumentVersion: '9' }],
])('%s refuses %j, and nothing is sent', async (name, more) => {
  await expect(send(more)).rejects.toMatchObject({ name });
  expect(await list()).toEqual([]);
});

it('whoever may not, does not', async () => {
  await expect(send({}, clientOf(stolen))).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it("the template's documents are in the account, each time as the template has them", async () => {
  const deploy = (description: string) => {
    const Properties = { Name: 'sallyport-audit', Content: { ...content, description } };
    const Resources = { Audit: { Type: 'AWS::SSM::Document', Properties } };
    const document = { Resources, Outputs: {}, Parameters: {} };
    deployDocuments(fixture.cloud, new Stack(document as never, { stackName: 'S', account, region }));
  };
  deploy('first');
  deploy('second');
  const { Content } = await client.send(new ssm.GetDocumentCommand({ Name: 'sallyport-audit' }));
  expect(JSON.parse(Content ?? '')).toMatchObject({ description: 'second' });
});
