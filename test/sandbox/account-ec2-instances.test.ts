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
