import type { Finding } from '../../functions/core/finding.ts';
import { normalise } from '../../functions/sources/normalise.ts';

type Changes = Readonly<Record<string, unknown>>;
const account = '111122223333';
const region = 'eu-central-1';

function envelope(detail: Changes): unknown {
  return {
    version: '0',
    id: 'c8c4daa7-a20c-2f03-0070-b7393dd542ad',
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    account,
    time: '2026-11-21T11:40:00Z',
    region,
    resources: [],
    detail: {
      schemaVersion: '2.0',
      accountId: account,
      region,
      partition: 'aws',
      id: 'f1d0c0de0000000000000000000000aa',
      arn: `arn:aws:guardduty:${region}:${account}:detector/d0/finding/f1d0c0de0000000000000000000000aa`,
      createdAt: '2026-11-21T11:30:00.000Z',
      updatedAt: '2026-11-21T11:35:00.000Z',
      title: 'A title',
      description: 'A description.',
      ...detail,
    },
  };
}

function only(document: unknown): Finding {
  const [finding] = normalise(document);
  if (!finding) throw new Error('no finding');
  return finding;
}

/** A GuardDuty finding about an instance: e1 the instance, e2 … what hangs on it. */
export function instanceFinding(
  type: string,
  {
    severity = 8,
    instance = {},
    service = {},
    ...detail
  }: Changes & { instance?: Changes; service?: Changes } = {},
): Finding {
  return only(
    envelope({
      type,
      severity,
      resource: {
        resourceType: 'Instance',
        instanceDetails: {
          instanceId: 'i-0abc0000000000001',
          instanceState: 'running',
          imageId: 'ami-0abc0000000000001',
          iamInstanceProfile: { arn: `arn:aws:iam::${account}:instance-profile/web`, id: 'AIPAEXAMPLE' },
          networkInterfaces: [
            {
              networkInterfaceId: 'eni-0abc0000000000001',
              publicIp: '198.51.100.20',
              securityGroups: [{ groupId: 'sg-0abc0000000000001', groupName: 'web' }],
            },
          ],
          tags: [{ key: 'Name', value: 'web-1' }],
          ...instance,
        },
      },
      service: {
        serviceName: 'guardduty',
        resourceRole: 'TARGET',
        count: 4,
        action: {
          actionType: 'NETWORK_CONNECTION',
          networkConnectionAction: {
            connectionDirection: 'OUTBOUND',
            protocol: 'TCP',
            blocked: false,
            localPortDetails: { port: 49152, portName: 'Unknown' },
            remotePortDetails: { port: 443, portName: 'HTTPS' },
            remoteIpDetails: { ipAddressV4: '203.0.113.77', country: { countryName: 'Nowhere' } },
          },
        },
        ...service,
      },
      ...detail,
    }),
  );
}

/** A GuardDuty finding about a user's access key: e1 the key, e2 the user, e3 the caller's address. */
export function keyFinding(
  type: string,
  {
    severity = 5,
    key = {},
    userAgent = 'aws-cli/2.15',
    evidence = { threatIntelligenceDetails: [{ threatListName: 'ProofPoint', threatNames: ['Scanner'] }] },
    ...detail
  }: Changes & { key?: Changes } = {},
): Finding {
  return only(
    envelope({
      type,
      severity,
      resource: {
        resourceType: 'AccessKey',
        accessKeyDetails: {
          accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          principalId: 'AIDAEXAMPLE',
          userType: 'IAMUser',
          userName: 'ci-deploy',
          ...key,
        },
      },
      service: {
        serviceName: 'guardduty',
        resourceRole: 'TARGET',
        count: 12,
        evidence,
        action: {
          actionType: 'AWS_API_CALL',
          awsApiCallAction: {
            api: 'ListBuckets',
            serviceName: 's3.amazonaws.com',
            callerType: 'Remote IP',
            userAgent,
            remoteIpDetails: { ipAddressV4: '203.0.113.77', country: { countryName: 'Nowhere' } },
          },
        },
      },
      ...detail,
    }),
  );
}

export const describedInstance = {
  instanceId: 'i-0abc0000000000001',
  state: 'running',
  type: 't3.small',
  image: 'ami-0abc0000000000001',
  launchedAt: '2026-10-01T08:00:00.000Z',
  vpc: 'vpc-0abc0000000000001',
  subnet: 'subnet-0abc0000000000001',
  publicAddress: '198.51.100.20',
  privateAddress: '10.0.1.20',
  interfaces: [],
  routesToInternet: true,
  openRules: [
    { groupId: 'sg-0abc0000000000001', protocol: 'tcp', fromPort: 443, toPort: 443, source: '0.0.0.0/0' },
  ],
  internetReachable: true,
  metadataTokensRequired: false,
  role: null,
  volumes: 1,
  protected: false,
  tags: [{ key: 'Name', value: 'web-1' }],
  truncated: false,
};
export const unreachableInstance = {
  ...describedInstance,
  publicAddress: null,
  openRules: [],
  internetReachable: false,
};
export const closedGroup = {
  groupId: 'sg-0abc0000000000001',
  name: 'web',
  vpc: 'vpc-0abc0000000000001',
  openRules: [],
  ingressRules: 1,
  egressRules: 1,
  networkInterfaces: 1,
  publicAddresses: 0,
  truncated: false,
};
export const noHistory = { incidents: [], total: 0, truncated: false };
export const activeKey = {
  userName: 'ci-deploy',
  status: 'Active',
  ageDays: 400,
  lastUsed: { at: '2026-11-21T11:30:00.000Z', service: 's3', region: 'us-east-1' },
  activeKeysOfUser: 1,
};
export const foreignActivity = {
  days: 7,
  total: 31,
  writes: 2,
  errors: 9,
  denied: 9,
  firstSeen: '2026-11-21T11:00:00Z',
  lastSeen: '2026-11-21T11:30:00Z',
  operations: [{ service: 's3', name: 'ListBuckets', count: 31, errors: 9 }],
  sources: [{ address: '203.0.113.77', count: 31 }],
  userAgents: [{ text: 'aws-cli/2.15', count: 31 }],
  regions: [{ region: 'us-east-1', count: 31 }],
  truncated: false,
};
export const ordinaryPermissions = {
  kind: 'user',
  name: 'ci-deploy',
  arn: `arn:aws:iam::${account}:user/ci-deploy`,
  createdAt: '2026-01-01T00:00:00.000Z',
  serviceLinked: false,
  identityCenter: false,
  protected: false,
  permissionsBoundary: null,
  trust: null,
  attachedPolicies: [],
  inlinePolicies: ['deploy'],
  groups: [],
  administrator: false,
  changesIam: false,
  unread: [],
  truncated: false,
};
