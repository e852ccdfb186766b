import * as ec2 from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, type Fixture, region, startFixture, stolen } from './account-fixture.ts';

let fixture: Fixture;
let fresh: CloudState;
let client: ec2.EC2Client;

beforeAll(async () => {
  fixture = await startFixture();
  fresh = fixture.cloud.snapshot();
  client = fixture.ec2();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const instance = 'i-0a000000000000001';
const state = () => fixture.cloud.region(account, region).ec2;

async function instanceNow(): Promise<ec2.Instance> {
  const { Reservations } = await client.send(new ec2.DescribeInstancesCommand({ InstanceIds: [instance] }));
  return Reservations?.[0]?.Instances?.[0] ?? {};
}

describe('metadata options', () => {
  const modify = (input: object, InstanceId = instance) =>
    client.send(new ec2.ModifyInstanceMetadataOptionsCommand({ InstanceId, ...input }));

  it('are answered as pending, then described as applied, and keep what was not named', async () => {
    const { InstanceMetadataOptions } = await modify({ HttpTokens: 'optional' });
    expect(InstanceMetadataOptions).toMatchObject({ State: 'pending', HttpTokens: 'optional' });
    await modify({ HttpPutResponseHopLimit: 1 });
    expect((await instanceNow()).MetadataOptions).toMatchObject({
      State: 'applied',
      HttpTokens: 'optional',
      HttpEndpoint: 'enabled',
      HttpPutResponseHopLimit: 1,
    });
  });

  it.each([
    ['an unknown instance', {}, 'i-0000000000000dead', 'InvalidInstanceID.NotFound'],
    ['an unknown word', { HttpTokens: 'never' }, instance, 'InvalidParameterValue'],
    ['a hop limit of 65', { HttpPutResponseHopLimit: 65 }, instance, 'InvalidParameterValue'],
  ])('of %s are refused', async (_, input, id, name) => {
    await expect(modify(input, id)).rejects.toMatchObject({ name });
  });

  it('of an instance that is being terminated cannot be changed', async () => {
    Object.assign(state().instances[instance] ?? {}, { state: 'shutting-down' });
    await expect(modify({ HttpTokens: 'optional' })).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
    });
  });

  it('need the permission on that instance', async () => {
    const denied = fixture
      .ec2(stolen)
      .send(new ec2.ModifyInstanceMetadataOptionsCommand({ InstanceId: instance, HttpTokens: 'optional' }));
    await expect(denied).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  });
});

describe('stopping and starting', () => {
  const stop = (id = instance) => client.send(new ec2.StopInstancesCommand({ InstanceIds: [id] }));
  const start = (id = instance) => client.send(new ec2.StartInstancesCommand({ InstanceIds: [id] }));
  const put = (change: object) => Object.assign(state().instances[instance] ?? {}, change);
  const states = (change: ec2.InstanceStateChange | undefined) => [
    change?.PreviousState?.Name,
    change?.CurrentState?.Name,
  ];

  it('answer the state on the way, and leave what is so already', async () => {
    expect(states((await stop()).StoppingInstances?.[0])).toEqual(['running', 'stopping']);
    expect(states((await stop()).StoppingInstances?.[0])).toEqual(['stopped', 'stopped']);
    expect(states((await start()).StartingInstances?.[0])).toEqual(['stopped', 'pending']);
    expect(states((await start()).StartingInstances?.[0])).toEqual(['running', 'running']);
    expect((await instanceNow()).State?.Name).toBe('running');
  });

  it('give a public address back and bring another, and set the launch time anew', async () => {
    for (const id of Object.keys(state().addresses)) delete state().addresses[id];
    expect((await instanceNow()).NetworkInterfaces?.[0]?.Association?.IpOwnerId).toBe('amazon');
    await stop();
    expect((await instanceNow()).PublicIpAddress).toBeUndefined();
    await start();
    const started = await instanceNow();
    expect(started.PublicIpAddress).toBe('203.0.113.254');
    expect(started.LaunchTime).toEqual(fixture.cloud.now());
  });

  it('keep an elastic address', async () => {
    await stop();
    const { NetworkInterfaces, PublicIpAddress } = await instanceNow();
    expect(PublicIpAddress).toBe('203.0.113.10');
    expect(NetworkInterfaces?.[0]?.Association?.IpOwnerId).toBe(account);
  });

  it.each([
    ['stopped', 'pending', stop],
    ['stopped', 'shutting-down', stop],
    ['stopped', 'terminated', stop],
    ['started', 'stopping', start],
    ['started', 'terminated', start],
  ])('cannot be %s while %s', async (word, now, change) => {
    put({ state: now });
    await expect(change()).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
      message: `The instance '${instance}' is not in a state from which it can be ${word}.`,
    });
    expect(state().instances[instance]?.state).toBe(now);
  });

  it('need an instance that exists, on a disk that outlives it', async () => {
    await expect(stop('i-0000000000000dead')).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
    put({ rootDeviceType: 'instance-store' });
    await expect(stop()).rejects.toMatchObject({ name: 'UnsupportedOperation' });
  });

  it('need the permission, and to start also the keys of the disks', async () => {
    const stopping = fixture.ec2(stolen).send(new ec2.StopInstancesCommand({ InstanceIds: [instance] }));
    await expect(stopping).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    const key = `arn:aws:kms:${region}:${account}:key/0a0a0a0a-0000-4000-8000-000000000001`;
    Object.assign(state().volumes['vol-0a000000000000001'] ?? {}, { kmsKeyId: key });
    fixture.calls.length = 0;
    await start();
    expect(fixture.calls.at(-1)?.requirements.map(({ action }) => action)).toEqual([
      'ec2:StartInstances',
      'kms:CreateGrant',
    ]);
  });
});

it.each([
  ['m5.large', false],
  ['t3.micro', false],
  ['m5d.large', true],
  ['g4dn.xlarge', true],
  ['i3en.large', true],
])('an instance of type %s has instance storage: %s', async (name, expected) => {
  const types = [name as ec2._InstanceType];
  const { InstanceTypes } = await client.send(new ec2.DescribeInstanceTypesCommand({ InstanceTypes: types }));
  expect(InstanceTypes?.map((one) => one.InstanceStorageSupported)).toEqual([expected]);
});

it('a Spot instance cannot be protected from termination', async () => {
  Object.assign(state().instances[instance] ?? {}, { instanceLifecycle: 'spot' });
  const DisableApiTermination = { Value: true };
  const input = { InstanceId: instance, DisableApiTermination };
  await expect(client.send(new ec2.ModifyInstanceAttributeCommand(input))).rejects.toMatchObject({
    name: 'UnsupportedOperation',
  });
  expect((await instanceNow()).InstanceLifecycle).toBe('spot');
});

describe('instance profiles', () => {
  const IamInstanceProfile = { Name: 'web' };
  const associate = (profile: object = IamInstanceProfile) =>
    client.send(
      new ec2.AssociateIamInstanceProfileCommand({ InstanceId: instance, IamInstanceProfile: profile }),
    );
  const disassociate = (AssociationId: string) =>
    client.send(new ec2.DisassociateIamInstanceProfileCommand({ AssociationId }));
  const association = () => state().instances[instance]?.iamInstanceProfile?.associationId ?? '';

  it('are taken away and put back under a new association', async () => {
    const first = association();
    expect((await disassociate(first)).IamInstanceProfileAssociation?.State).toBe('disassociating');
    expect((await instanceNow()).IamInstanceProfile).toBeUndefined();
    await expect(disassociate(first)).rejects.toMatchObject({ name: 'InvalidAssociationID.NotFound' });
    expect((await associate()).IamInstanceProfileAssociation?.State).toBe('associating');
    expect(association()).not.toBe(first);
    expect((await instanceNow()).IamInstanceProfile?.Arn).toBe(
      `arn:aws:iam::${account}:instance-profile/web`,
    );
  });

  it('are one at most, must exist, and need an instance that runs or is stopped', async () => {
    await expect(associate()).rejects.toMatchObject({ name: 'IncorrectState' });
    for (const odd of [{ Name: 'none' }, { Arn: `arn:aws:iam::${account}:instance-profile/else/web` }])
      await expect(associate(odd)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    Object.assign(state().instances[instance] ?? {}, { state: 'pending' });
    await expect(disassociate(association())).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  });

  it('are put back only by whoever may pass the role', async () => {
    await disassociate(association());
    const role = fixture.cloud.account(account).iam.users['ci-deploy'];
    const allowed = (Action: string[]) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
    });
    const asStolen = () =>
      fixture
        .ec2(stolen)
        .send(new ec2.AssociateIamInstanceProfileCommand({ InstanceId: instance, IamInstanceProfile }));
    Object.assign(role?.inlinePolicies ?? {}, { a: JSON.stringify(allowed(['ec2:*'])) });
    await expect(asStolen()).rejects.toThrow(`iam:PassRole on resource: arn:aws:iam::${account}:role/web`);
    Object.assign(role?.inlinePolicies ?? {}, { a: JSON.stringify(allowed(['ec2:*', 'iam:PassRole'])) });
    await asStolen();
  });
});
