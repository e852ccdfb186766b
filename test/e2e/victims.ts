import { readFileSync } from 'node:fs';
import type { EventEnvelope } from '../../functions/core/source.ts';

export type Story = 'stolen-key' | 'c2-instance' | 'gone-key';

/** One target of an attack, with everything that it does not share with any other. */
export interface Victim {
  readonly story: Story;
  readonly number: number;
  readonly user: string;
  readonly accessKey: string;
  readonly instance: string;
  readonly group: string;
}

const account = '111122223333';
const region = 'eu-central-1';
const attacker = '203.0.113.99';

export function victim(story: Story, number: number): Victim {
  return {
    story,
    number,
    user: `victim-${number}`,
    accessKey: `AKIAVICTIM${String(number).padStart(10, '0')}`,
    instance: id('i', number),
    group: id('sg', number),
  };
}

/** An id of EC2's form: `i-0…7` for the seventh. */
function id(type: string, number: number, last = 0): string {
  return `${type}-${number.toString(16).padStart(16, '0')}${last}`;
}

/** `account.json` with a user or an instance for each victim. One whose key is gone does not exist. */
export function accountOf(victims: readonly Victim[]): object {
  const users = victims.filter(({ story }) => story === 'stolen-key').map(userOf);
  const attacked = victims.filter(({ story }) => story === 'c2-instance');
  return {
    account,
    region,
    iam: { users },
    ec2: {
      vpcs: attacked.map(({ number }) => ({ vpcId: id('vpc', number), cidrBlock: '10.20.0.0/16' })),
      subnets: attacked.map(({ number }) => ({
        subnetId: id('subnet', number),
        vpcId: id('vpc', number),
        cidrBlock: '10.20.1.0/24',
        availabilityZone: `${region}a`,
      })),
      securityGroups: attacked.map(({ number, group }) => ({
        groupId: group,
        groupName: 'web',
        vpcId: id('vpc', number),
        ingress: [{ port: 443, cidr: '0.0.0.0/0' }],
      })),
      instances: attacked.map(instanceOf),
    },
  };
}

function userOf({ user, accessKey }: Victim): object {
  const lastUsed = { date: '-PT12M', serviceName: 's3', region };
  return { userName: user, accessKeys: [{ accessKeyId: accessKey, createDate: '-P400D', lastUsed }] };
}

function instanceOf({ number, instance, group }: Victim): object {
  return {
    instanceId: instance,
    subnetId: id('subnet', number),
    networkInterfaces: [
      {
        networkInterfaceId: id('eni', number),
        securityGroups: [group],
        privateIpAddress: '10.20.1.21',
        publicIpAddress: '198.51.100.71',
      },
    ],
    volumes: [
      { volumeId: id('vol', number, 1), deviceName: '/dev/xvda' },
      { volumeId: id('vol', number, 2), deviceName: '/dev/sdf', deleteOnTermination: false },
    ],
  };
}

/** `activity.json`: each stolen key was used at home, and then from the address that GuardDuty knows. */
export function activityOf(victims: readonly Victim[]): readonly object[] {
  return victims
    .filter(({ story }) => story === 'stolen-key')
    .flatMap(({ user, accessKey }) =>
      [
        { eventTime: '-P1D', sourceIPAddress: '198.51.100.14', eventName: 'DescribeStacks' },
        { eventTime: '-PT30M', sourceIPAddress: attacker, eventName: 'ListStacks' },
      ].map((call) => ({
        ...call,
        eventSource: 'cloudformation.amazonaws.com',
        userIdentity: {
          type: 'IAMUser',
          arn: `arn:aws:iam::${account}:user/${user}`,
          accountId: account,
          accessKeyId: accessKey,
          userName: user,
        },
      })),
    );
}

/** The demo's finding, about this victim. */
export function findingAbout({ story, number, user, accessKey, instance, group }: Victim): EventEnvelope {
  const file = story === 'c2-instance' ? 'c2-instance' : 'stolen-key';
  const text = readFileSync(new URL(`../../sandbox/demo/findings/${file}.json`, import.meta.url), 'utf8');
  const { detail, ...envelope } = JSON.parse(
    text
      .replaceAll('AKIAI44QH8DHBEXAMPLE', accessKey)
      .replaceAll('ci-deploy', user)
      .replaceAll('i-0c2c2c2c2c2c2c2c2', instance)
      .replaceAll(/sg-[0-9a-f]{17}/g, group),
  ) as EventEnvelope;
  const findingId = number.toString(16).padStart(32, 'f');
  const arn = String(detail.arn).replace(/[^/]+$/, findingId);
  return { ...envelope, id: findingId, detail: { ...detail, id: findingId, arn } };
}
