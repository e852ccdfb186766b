import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { createS3ControlClient } from '../../functions/adapters/s3-control-client.ts';
import { type AccountSide, createAccountSide } from '../../sandbox/account/account.ts';
import { Cloud } from '../../sandbox/account/cloud.ts';
import type { CloudTrailOptions } from '../../sandbox/account/cloudtrail.ts';
import { startWireServer } from '../../sandbox/wire/server.ts';
import type { CallRecord, WireServer } from '../../sandbox/wire/service.ts';

export const account = '111122223333';
export const region = 'eu-west-1';
export const now = new Date('2026-10-14T09:30:00Z');

export const admin = { accessKeyId: 'AKIAADMIN0000000000A', secretAccessKey: 'any' };
export const stolen = { accessKeyId: 'AKIASTOLEN000000000A', secretAccessKey: 'any' };

function allow(action: string | readonly string[], resource = '*') {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] };
}

function trust(principal: string, condition?: object) {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
  };
  return {
    Version: '2012-10-17',
    Statement: [condition ? { ...statement, Condition: condition } : statement],
  };
}

/** A small account: two users, three roles, one machine behind one group. */
export const accountSeed = {
  account,
  region,
  iam: {
    users: [
      {
        userName: 'admin',
        accessKeys: [{ accessKeyId: admin.accessKeyId }],
        attachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      },
      {
        userName: 'ci-deploy',
        path: '/robots/',
        accessKeys: [
          {
            accessKeyId: stolen.accessKeyId,
            lastUsed: { date: '-PT10M', serviceName: 'ec2', region: 'us-east-1' },
          },
        ],
        inlinePolicies: { deploy: allow(['ec2:Describe*', 'iam:ListAccessKeys']) },
        groups: ['developers'],
        tags: { team: 'platform' },
        mfaDevices: [{ serialNumber: `arn:aws:iam::${account}:mfa/ci`, enableDate: '-P20D' }],
        loginProfile: { createDate: '-P80D' },
      },
    ],
    groups: [{ groupName: 'developers', inlinePolicies: { read: allow('iam:GetUser') } }],
    roles: [
      {
        roleName: 'web',
        trustPolicy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        inlinePolicies: { read: allow('iam:Get*') },
        attachedPolicies: [`arn:aws:iam::${account}:policy/Uploads`],
        tags: { tier: 'front' },
      },
      {
        roleName: 'responder',
        trustPolicy: trust(`arn:aws:iam::${account}:root`),
        inlinePolicies: { all: allow(['iam:*', 'ec2:*']) },
      },
      {
        roleName: 'guarded',
        trustPolicy: trust(`arn:aws:iam::${account}:user/admin`, {
          StringEquals: { 'sts:ExternalId': 'open sesame' },
        }),
      },
    ],
    policies: [{ policyName: 'Uploads', document: allow('s3:PutObject', 'arn:aws:s3:::uploads/*') }],
    instanceProfiles: [{ instanceProfileName: 'web', role: 'web' }],
  },
  ec2: {
    vpcs: [{ vpcId: 'vpc-0a000000000000001', cidrBlock: '10.0.0.0/16', tags: { Name: 'main' } }],
    subnets: [
      {
        subnetId: 'subnet-0a000000000000001',
        vpcId: 'vpc-0a000000000000001',
        cidrBlock: '10.0.1.0/24',
        availabilityZone: 'eu-west-1a',
      },
    ],
    routeTables: [
      {
        routeTableId: 'rtb-0a000000000000001',
        vpcId: 'vpc-0a000000000000001',
        main: true,
        routes: [{ destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-0a000000000000001' }],
      },
    ],
    securityGroups: [
      {
        groupId: 'sg-0a000000000000001',
        groupName: 'web',
        vpcId: 'vpc-0a000000000000001',
        ingress: [
          { port: 443, cidr: '0.0.0.0/0', description: 'everyone' },
          { port: 22, group: 'sg-0a000000000000002' },
        ],
      },
      { groupId: 'sg-0a000000000000002', groupName: 'bastion', vpcId: 'vpc-0a000000000000001' },
    ],
    instances: [
      {
        instanceId: 'i-0a000000000000001',
        subnetId: 'subnet-0a000000000000001',
        iamInstanceProfile: 'web',
        networkInterfaces: [
          {
            networkInterfaceId: 'eni-0a000000000000001',
            securityGroups: ['sg-0a000000000000001'],
            privateIpAddress: '10.0.1.10',
            publicIpAddress: '203.0.113.10',
          },
        ],
        volumes: [
          { volumeId: 'vol-0a000000000000001', deviceName: '/dev/xvda', size: 20 },
          {
            volumeId: 'vol-0a000000000000002',
            deviceName: '/dev/xvdf',
            size: 100,
            deleteOnTermination: false,
          },
        ],
        tags: { Name: 'web-1', owner: 'shop' },
      },
    ],
    addresses: [
      {
        allocationId: 'eipalloc-0a000000000000001',
        publicIp: '203.0.113.10',
        networkInterfaceId: 'eni-0a000000000000001',
      },
    ],
  },
};

export const activitySeed = [
  {
    eventTime: '-PT35M',
    eventName: 'CreateUser',
    eventSource: 'iam.amazonaws.com',
    sourceIPAddress: '198.51.100.7',
    userIdentity: { type: 'IAMUser', userName: 'ci-deploy', accessKeyId: stolen.accessKeyId },
    requestParameters: { userName: 'backdoor' },
    errorCode: 'AccessDenied',
  },
  {
    eventTime: '-PT30M',
    eventName: 'RunInstances',
    eventSource: 'ec2.amazonaws.com',
    sourceIPAddress: '198.51.100.7',
    userIdentity: { type: 'IAMUser', userName: 'ci-deploy', accessKeyId: stolen.accessKeyId },
  },
  {
    eventTime: '-P91D',
    eventName: 'RunInstances',
    eventSource: 'ec2.amazonaws.com',
    sourceIPAddress: '192.0.2.1',
    userIdentity: { type: 'IAMUser', userName: 'admin' },
  },
];

export function writeSeed(accountJson: unknown = accountSeed, activityJson: unknown = activitySeed): string {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-seed-'));
  writeFileSync(join(directory, 'account.json'), JSON.stringify(accountJson));
  writeFileSync(join(directory, 'activity.json'), JSON.stringify(activityJson));
  return directory;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Fixture {
  readonly cloud: Cloud;
  readonly side: AccountSide;
  readonly server: WireServer;
  readonly calls: CallRecord[];
  iam(credentials?: Credentials): IAMClient;
  sts(credentials?: Credentials): STSClient;
  ec2(credentials?: Credentials): EC2Client;
  cloudTrail(credentials?: Credentials, inRegion?: string): CloudTrailClient;
  s3(credentials?: Credentials, inRegion?: string): S3Client;
  s3Control(credentials?: Credentials): ReturnType<typeof createS3ControlClient>;
}

/** A server over the seeded account, with what `seed` adds; the clock stands still unless the test moves it. */
export async function startFixture(
  options: CloudTrailOptions & { readonly clock?: () => Date; readonly seed?: object } = {},
): Promise<Fixture> {
  const cloud = new Cloud(options.clock ?? (() => now));
  cloud.seed(writeSeed({ ...accountSeed, ...options.seed }));
  const side = createAccountSide(cloud, options);
  const calls: CallRecord[] = [];
  const onCall = (record: CallRecord) => {
    calls.push(record);
    side.onCall(record);
  };
  const server = await startWireServer({ ...side, onCall });
  const settings = (credentials: Credentials, inRegion = region) => ({
    endpoint: server.endpoint,
    region: inRegion,
    credentials,
    maxAttempts: 1,
  });
  return {
    cloud,
    side,
    server,
    calls,
    iam: (credentials = admin) => new IAMClient(settings(credentials)),
    sts: (credentials = admin) => new STSClient(settings(credentials)),
    ec2: (credentials = admin) => new EC2Client(settings(credentials)),
    cloudTrail: (credentials = admin, inRegion = region) =>
      new CloudTrailClient(settings(credentials, inRegion)),
    s3: (credentials = admin, inRegion = region) => new S3Client(settings(credentials, inRegion)),
    s3Control: (credentials = admin) => createS3ControlClient(settings(credentials)),
  };
}
