import * as z from 'zod';
import { instant } from './time.ts';

const id = (prefix: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
      `expected ${prefix}- and 8 or 17 hexadecimal digits`,
    );
const tags = z.record(z.string(), z.string()).default({});
const cidr = z.cidrv4('expected an IPv4 range such as 10.0.0.0/16');
const port = z.int().min(-1).max(65_535);

const rule = z.strictObject({
  protocol: z.string().default('tcp').describe('tcp, udp, icmp, a protocol number, or -1 for all'),
  port: port.optional().describe('Short for fromPort and toPort'),
  fromPort: port.optional(),
  toPort: port.optional(),
  cidr: cidr.optional(),
  cidrIpv6: z.cidrv6().optional(),
  prefixListId: id('pl').optional(),
  group: id('sg').optional().describe('Another security group as the source or destination'),
  description: z.string().optional(),
});

const securityGroup = z.strictObject({
  groupId: id('sg'),
  groupName: z.string().min(1).max(255),
  description: z.string().default('seeded'),
  vpcId: id('vpc'),
  ingress: z.array(rule).default([]),
  egress: z.array(rule).default([{ protocol: '-1', cidr: '0.0.0.0/0' }]),
  tags,
});

const networkInterface = z.strictObject({
  networkInterfaceId: id('eni'),
  subnetId: id('subnet').optional().describe("The instance's when absent"),
  securityGroups: z.array(id('sg')).min(1),
  privateIpAddress: z.ipv4(),
  publicIpAddress: z.ipv4().optional(),
  ipv6Addresses: z.array(z.ipv6()).default([]),
  interfaceType: z.string().default('interface'),
  description: z.string().default(''),
  tags,
});

const volume = z.strictObject({
  volumeId: id('vol'),
  deviceName: z.string().default('/dev/xvda'),
  size: z.int().positive().default(8).describe('GiB'),
  volumeType: z.string().default('gp3'),
  encrypted: z.boolean().default(true),
  kmsKeyId: z.string().optional(),
  deleteOnTermination: z.boolean().default(true),
  tags,
});

const instance = z.strictObject({
  instanceId: id('i'),
  imageId: id('ami').default('ami-0abcdef1234567890'),
  instanceType: z.string().default('t3.micro'),
  state: z
    .enum(['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated'])
    .default('running'),
  architecture: z.enum(['x86_64', 'arm64']).default('x86_64'),
  launchTime: instant.default('-P30D'),
  rootDeviceType: z.enum(['ebs', 'instance-store']).default('ebs'),
  instanceLifecycle: z.enum(['spot']).optional().describe('Absent for an On-Demand instance'),
  keyName: z.string().optional(),
  subnetId: id('subnet'),
  networkInterfaces: z.array(networkInterface).min(1),
  volumes: z.array(volume).default([]),
  disableApiTermination: z.boolean().default(false),
  httpTokens: z.enum(['optional', 'required']).default('required').describe('required is IMDSv2'),
  httpEndpoint: z.enum(['enabled', 'disabled']).default('enabled').describe('of the metadata service'),
  httpPutResponseHopLimit: z.int().min(1).max(64).default(2),
  userData: z.string().optional(),
  consoleOutput: z.string().optional().describe('What it wrote to its console when it started'),
  iamInstanceProfile: z.string().optional().describe("The name of one of iam's instanceProfiles"),
  tags,
});

const subnet = z.strictObject({
  subnetId: id('subnet'),
  vpcId: id('vpc'),
  cidrBlock: cidr,
  availabilityZone: z.string(),
  mapPublicIpOnLaunch: z.boolean().default(false),
  tags,
});

const routeTable = z.strictObject({
  routeTableId: id('rtb'),
  vpcId: id('vpc'),
  main: z.boolean().default(false),
  subnets: z.array(id('subnet')).default([]),
  routes: z
    .array(
      z.strictObject({
        destinationCidrBlock: cidr,
        gatewayId: z.string().optional(),
        natGatewayId: id('nat').optional(),
      }),
    )
    .default([]),
  tags,
});

const address = z.strictObject({
  allocationId: id('eipalloc'),
  publicIp: z.ipv4(),
  networkInterfaceId: id('eni').optional(),
  tags,
});

const flowLog = z.strictObject({
  flowLogId: id('fl'),
  resourceId: z.union([id('vpc'), id('eni')]),
  trafficType: z.enum(['ALL', 'ACCEPT', 'REJECT']).default('ALL'),
  bucket: z.string(),
  deliverLogsStatus: z.enum(['SUCCESS', 'FAILED']).default('SUCCESS'),
  creationTime: instant.default('-P30D'),
  tags,
});

const accountId = z.string().regex(/^\d{12}$/, 'expected an account id of 12 digits');
const snapshot = z.strictObject({
  snapshotId: id('snap'),
  volumeId: id('vol').default('vol-0ffffffffffffffff').describe('Of which it was made; it may be long gone'),
  volumeSize: z.int().positive().default(8).describe('GiB'),
  encrypted: z.boolean().default(false),
  kmsKeyId: z.string().optional(),
  description: z.string().default(''),
  startTime: instant.default('-P30D'),
  ownerId: accountId.optional().describe('Another account that shares it with this one'),
  public: z.boolean().default(false).describe('Everybody on AWS may make volumes of it'),
  sharedWith: z.array(accountId).default([]).describe('Accounts that may make volumes of it'),
  tags,
});

const aclEntry = z.strictObject({
  ruleNumber: z.int().min(1).max(32_766),
  egress: z.boolean().default(false),
  protocol: z
    .string()
    .regex(/^(-1|\d{1,3})$/, 'expected a protocol number, or -1 for all')
    .default('-1'),
  ruleAction: z.enum(['allow', 'deny']).default('allow'),
  cidrBlock: cidr.optional(),
  ipv6CidrBlock: z.cidrv6().optional(),
  fromPort: port.optional(),
  toPort: port.optional(),
});

const networkAcl = z.strictObject({
  networkAclId: id('acl'),
  vpcId: id('vpc'),
  isDefault: z.boolean().default(false),
  subnets: z.array(id('subnet')).default([]),
  entries: z.array(aclEntry).default([
    { ruleNumber: 100, egress: false, protocol: '-1', ruleAction: 'allow', cidrBlock: '0.0.0.0/0' },
    { ruleNumber: 100, egress: true, protocol: '-1', ruleAction: 'allow', cidrBlock: '0.0.0.0/0' },
  ]),
  tags,
});

const prefixList = z.strictObject({
  prefixListId: id('pl'),
  prefixListName: z.string().startsWith('com.amazonaws.'),
  entries: z.array(z.union([cidr, z.cidrv6()])),
});

/** The network and machines of one region. */
export const ec2Seed = z.strictObject({
  vpcs: z
    .array(z.strictObject({ vpcId: id('vpc'), cidrBlock: cidr, isDefault: z.boolean().default(false), tags }))
    .default([]),
  subnets: z.array(subnet).default([]),
  routeTables: z.array(routeTable).default([]),
  securityGroups: z.array(securityGroup).default([]),
  instances: z.array(instance).default([]),
  networkInterfaces: z
    .array(networkInterface.extend({ subnetId: id('subnet') }))
    .default([])
    .describe('Interfaces without an instance: load balancers, functions, gateways'),
  addresses: z.array(address).default([]),
  flowLogs: z.array(flowLog).default([]),
  snapshots: z.array(snapshot).default([]),
  networkAcls: z.array(networkAcl).default([]),
  prefixLists: z.array(prefixList).default([]).describe('Lists of ranges that AWS itself keeps'),
});

export type Ec2Seed = z.output<typeof ec2Seed>;
