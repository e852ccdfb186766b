import { bareFinding } from './bare.ts';

const account = '111122223333';
const region = 'eu-central-1';
const remote = {
  ipAddressV4: '203.0.113.77',
  country: { countryName: 'Nowhere' },
  organization: { asn: '64500' },
};

/** An ARN in the account and region of the findings here. */
export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** A resource section as GuardDuty documents it, with the kinds and ids of its targets. */
export interface Shape {
  readonly resource: Readonly<Record<string, unknown>>;
  readonly service: Readonly<Record<string, unknown>>;
  readonly targets: readonly string[];
}

const tags = [{ key: 'Name', value: 'a name that anybody may have chosen' }];
const key = (userType: string, userName: string) => ({
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  principalId: 'AIDAEXAMPLE',
  userType,
  userName,
});
const instanceDetails = {
  instanceId: 'i-0abc0000000000001',
  instanceType: 't3.micro',
  instanceState: 'running',
  imageId: 'ami-0abc0000000000001',
  imageDescription: 'an image of somebody',
  iamInstanceProfile: { arn: `arn:aws:iam::${account}:instance-profile/web`, id: 'AIPAEXAMPLE' },
  networkInterfaces: [
    {
      networkInterfaceId: 'eni-0abc0000000000001',
      publicIp: '198.51.100.4',
      securityGroups: [{ groupId: 'sg-0abc0000000000001', groupName: 'web' }],
    },
  ],
  tags,
};
const eksClusterDetails = {
  name: 'shop',
  arn: arnOf('eks', 'cluster/shop'),
  vpcId: 'vpc-1',
  status: 'ACTIVE',
  tags,
};
const kubernetesDetails = {
  kubernetesUserDetails: { username: 'system:anonymous', groups: ['system:unauthenticated'] },
  kubernetesWorkloadDetails: {
    name: 'cart',
    namespace: 'shop',
    type: 'pods',
    containers: [
      { name: 'cart', image: 'docker.io/somebody/cart:latest', securityContext: { privileged: true } },
    ],
    volumes: [{ name: 'host', hostPath: { path: '/' } }],
  },
};
const ecsClusterDetails = {
  name: 'shop',
  arn: arnOf('ecs', 'cluster/shop'),
  taskDetails: {
    arn: arnOf('ecs', 'task/shop/0a0a'),
    definitionArn: arnOf('ecs', 'task-definition/web:1'),
    startedBy: 'ecs-svc/1',
    containers: [{ id: 'c0ffee', name: 'web', image: 'docker.io/somebody/web:latest' }],
  },
};
const SHA256 = 'ab'.repeat(32);
const ebsVolumeDetails = {
  scannedVolumeDetails: [
    { volumeArn: arnOf('ec2', 'volume/vol-0abc0000000000001'), snapshotArn: arnOf('ec2', 'snapshot/snap-1') },
  ],
};
const scanned = {
  featureName: 'EbsVolumeScan',
  ebsVolumeScanDetails: {
    scanId: 'scan-1',
    scanDetections: {
      threatDetectedByName: {
        uniqueThreatNameCount: 1,
        threatNames: [
          {
            name: 'EICAR-Test-File',
            severity: 'HIGH',
            filePaths: [{ filePath: '/tmp/x', fileName: 'x', hash: SHA256 }],
          },
        ],
      },
    },
  },
};
const backedUp = (resourceArn: string) => ({
  malwareScanDetails: {
    scanCategory: 'FULL_SCAN',
    threats: [{ name: 'EICAR-Test-File', itemDetails: [{ resourceArn, itemPath: '/tmp/x', hash: SHA256 }] }],
  },
});
const runtime = {
  featureName: 'RuntimeMonitoring',
  runtimeDetails: {
    process: {
      name: 'xmrig',
      executablePath: '/tmp/xmrig',
      executableSha256: SHA256,
      pid: 7,
      user: 'root',
      euid: 0,
    },
    context: { commandLineExample: 'xmrig -o pool.example', toolName: 'xmrig', toolCategory: 'Miner' },
  },
};
const apiCall = {
  action: {
    actionType: 'AWS_API_CALL',
    awsApiCallAction: {
      api: 'ListBuckets',
      serviceName: 's3.amazonaws.com',
      userAgent: 'aws-cli/2.15',
      remoteIpDetails: remote,
    },
  },
};
const connection = {
  action: {
    actionType: 'NETWORK_CONNECTION',
    networkConnectionAction: {
      connectionDirection: 'OUTBOUND',
      protocol: 'TCP',
      blocked: false,
      localPortDetails: { port: 40000, portName: 'Unknown' },
      remotePortDetails: { port: 443, portName: 'HTTPS' },
      remoteIpDetails: remote,
    },
  },
};
const dns = {
  action: { actionType: 'DNS_REQUEST', dnsRequestAction: { domain: 'pool.example', protocol: 'UDP' } },
};
const probe = {
  action: {
    actionType: 'PORT_PROBE',
    portProbeAction: {
      portProbeDetails: [{ localPortDetails: { port: 22, portName: 'SSH' }, remoteIpDetails: remote }],
    },
  },
};
const kubernetesCall = {
  action: {
    actionType: 'KUBERNETES_API_CALL',
    kubernetesApiCallAction: {
      verb: 'get',
      requestUri: '/api/v1/secrets',
      sourceIPs: ['203.0.113.9', '203.0.113.77'],
      userAgent: 'curl/8',
      statusCode: 200,
      remoteIpDetails: remote,
    },
  },
};
const login = {
  action: {
    actionType: 'RDS_LOGIN_ATTEMPT',
    rdsLoginAttemptAction: {
      remoteIpDetails: remote,
      LoginAttributes: [
        { user: 'admin', application: 'psql', failedLoginAttempts: 4, successfulLoginAttempts: 1 },
      ],
    },
  },
};

const INSTANCE = ['instance i-0abc0000000000001'];
const KEY = ['access-key AKIAIOSFODNN7EXAMPLE', 'user ci-deploy'];

function ofInstance(type: string): Shape {
  const resource = { resourceType: 'Instance', instanceDetails };
  if (type.includes('PortProbe')) return { resource, service: probe, targets: INSTANCE };
  return { resource, service: /DNS|Domain/.test(type) ? dns : connection, targets: INSTANCE };
}

function ofFile(type: string): Shape {
  const [snapshot, image, point] = [
    arnOf('ec2', 'snapshot/snap-1'),
    arnOf('ec2', 'image/ami-1'),
    arnOf('backup', 'recovery-point:1'),
  ];
  if (type.endsWith('!Snapshot'))
    return {
      resource: { resourceType: 'EBSSnapshot', ebsSnapshotDetails: { snapshotArn: snapshot } },
      service: backedUp(snapshot),
      targets: ['snapshot snap-1'],
    };
  if (type.endsWith('!AMI'))
    return {
      resource: { resourceType: 'EC2Image', ec2ImageDetails: { imageArn: image } },
      service: backedUp(image),
      targets: ['image ami-1'],
    };
  if (type.endsWith('!RecoveryPoint'))
    return {
      resource: {
        resourceType: type.includes(':S3/') ? 'S3RecoveryPoint' : 'EBSRecoveryPoint',
        recoveryPointDetails: { recoveryPointArn: point, backupVaultName: 'Default' },
      },
      service: backedUp(point),
      targets: ['other backup:recovery-point:1'],
    };
  return {
    resource: { resourceType: 'Instance', instanceDetails, ebsVolumeDetails },
    service: scanned,
    targets: INSTANCE,
  };
}

function ofKey(type: string): Shape {
  if (type.includes('RootCredential'))
    return {
      resource: { resourceType: 'AccessKey', accessKeyDetails: key('Root', 'Root') },
      service: apiCall,
      targets: ['access-key AKIAIOSFODNN7EXAMPLE', 'root root'],
    };
  if (type.includes('CredentialExfiltration'))
    return {
      resource: { resourceType: 'AccessKey', accessKeyDetails: key('AssumedRole', 'web'), instanceDetails },
      service: apiCall,
      targets: ['access-key AKIAIOSFODNN7EXAMPLE', 'role web'],
    };
  const accessKeyDetails = key('IAMUser', 'ci-deploy');
  const ai = type.includes('PromptInjection')
    ? { bedrockGuardrailDetails: { guardrailArn: arnOf('bedrock', 'guardrail/g1'), guardrailAction: 'NONE' } }
    : { modelDetails: [{ modelId: 'anthropic.claude-opus-5-5' }] };
  const resource = { resourceType: 'AccessKey', accessKeyDetails };
  const isAi = /PromptInjection|AnomalousModelInvocation|CostHarvesting/.test(type);
  return { resource: isAi ? { ...resource, ...ai } : resource, service: apiCall, targets: KEY };
}

function ofBucket(type: string): Shape {
  const bucket = { arn: 'arn:aws:s3:::data', name: 'data', type: 'Destination', owner: { id: 'abc' }, tags };
  const accessKeyDetails = key('IAMUser', 'ci-deploy');
  if (type.startsWith('Object:'))
    return {
      resource: {
        resourceType: 'S3Object',
        s3BucketDetails: [{ ...bucket, s3ObjectDetails: [{ key: 'in/x', versionId: 'v1', hash: SHA256 }] }],
      },
      service: { malwareScanDetails: { threats: [{ name: 'EICAR-Test-File' }] } },
      targets: ['bucket data', 'object data/in/x'],
    };
  if (type.includes('AccountBlockPublicAccess'))
    return { resource: { resourceType: 'AccessKey', accessKeyDetails }, service: apiCall, targets: KEY };
  return {
    resource: { resourceType: 'S3Bucket', accessKeyDetails, s3BucketDetails: [bucket] },
    service: apiCall,
    targets: ['bucket data'],
  };
}

function ofRds(): readonly Shape[] {
  const rdsDbUserDetails = { user: 'admin', application: 'psql', database: 'shop', authMethod: 'PASSWORD' };
  return [
    {
      resource: {
        resourceType: 'RDSDBInstance',
        rdsDbInstanceDetails: {
          dbInstanceIdentifier: 'shop',
          dbInstanceArn: arnOf('rds', 'db:shop'),
          engine: 'aurora-postgresql',
          tags,
        },
        rdsDbUserDetails,
      },
      service: login,
      targets: ['database shop'],
    },
    {
      resource: {
        resourceType: 'RDSLimitlessDB',
        rdsLimitlessDbDetails: {
          dbShardGroupIdentifier: 'shards',
          dbShardGroupArn: arnOf('rds', 'shard-group:shardgroup-1'),
          dbClusterIdentifier: 'shop-cluster',
          tags,
        },
        rdsDbUserDetails,
      },
      service: login,
      targets: ['database shards'],
    },
  ];
}

function ofFunction(): Shape {
  const functionArn = arnOf('lambda', 'function:thumbnails');
  return {
    resource: {
      resourceType: 'Lambda',
      lambdaDetails: {
        functionArn,
        functionName: 'thumbnails',
        role: `arn:aws:iam::${account}:role/thumbnails`,
        vpcConfig: {
          vpcId: 'vpc-1',
          securityGroups: [{ groupId: 'sg-0abc0000000000001', groupName: 'web' }],
        },
        tags,
      },
    },
    service: connection,
    targets: ['function thumbnails'],
  };
}

const cluster = { eksClusterDetails, kubernetesDetails };
const ECS: Shape = {
  resource: { resourceType: 'ECSCluster', ecsClusterDetails },
  service: scanned,
  targets: ['cluster shop', 'container shop/0a0a'],
};
const CLUSTER = ['cluster shop', 'container shop/cart'];

function ofRuntime(type: string): readonly Shape[] {
  const service = { ...runtime, ...(/DNS|Domain/.test(type) ? dns : connection) };
  return [
    { resource: { resourceType: 'Instance', instanceDetails }, service, targets: INSTANCE },
    { resource: { resourceType: 'EKSCluster', ...cluster }, service, targets: CLUSTER },
    { ...ECS, service },
  ];
}

const sequenceResources: Readonly<
  Record<string, readonly (readonly [type: string, uid: string, target: string])[]>
> = {
  EC2: [['EC2_INSTANCE', arnOf('ec2', 'instance/i-0abc0000000000001'), 'instance i-0abc0000000000001']],
  ECS: [
    ['ECS_CLUSTER', arnOf('ecs', 'cluster/shop'), 'cluster shop'],
    ['ECS_TASK', arnOf('ecs', 'task/shop/0a0a'), 'container shop/0a0a'],
  ],
  EKS: [
    ['EKS_CLUSTER', arnOf('eks', 'cluster/shop'), 'cluster shop'],
    ['KUBERNETES_WORKLOAD', 'shop/cart', 'container shop/cart'],
  ],
  IAM: [['ACCESS_KEY', 'AKIAIOSFODNN7EXAMPLE', 'access-key AKIAIOSFODNN7EXAMPLE']],
  S3: [['S3_BUCKET', 'arn:aws:s3:::data', 'bucket data']],
};

/** The uid of the signal that is a finding of its own, in the sequences here. */
export const SIGNAL = 'f1d0c0de0000000000000000000000cc';

function ofSequence(threatResource: string): Shape {
  const resources = sequenceResources[threatResource] ?? [];
  const signal = (uid: string, type: string, keys: readonly string[]) => ({
    uid,
    type,
    name: 'Recon:IAMUser/TorIPCaller',
    count: 1,
    firstSeenAt: '2026-11-21T10:00:00.000Z',
    lastSeenAt: '2026-11-21T11:00:00.000Z',
    signalIndicators: keys.map((one) => ({ key: one, values: ['T1078.004'] })),
  });
  return {
    resource: { resourceType: 'AttackSequence' },
    service: {
      featureName: 'Correlation',
      detection: {
        sequence: {
          uid: 'sequence-1',
          description: 'A sequence of actions.',
          actors: [
            { id: 'a1', user: { name: 'ci-deploy', type: 'IAMUser', credentialUid: 'AKIAIOSFODNN7EXAMPLE' } },
          ],
          resources: [
            ...resources.map(([resourceType, uid]) => ({ resourceType, uid, accountId: account, region })),
            {
              resourceType: 'EC2_NETWORK_INTERFACE',
              uid: arnOf('ec2', 'network-interface/eni-0abc0000000000001'),
            },
          ],
          endpoints: [
            { id: 'e1', ip: '203.0.113.77', domain: 'pool.example', connection: { direction: 'OUTBOUND' } },
          ],
          signals: [
            signal(arnOf('guardduty', `detector/d0/finding/${SIGNAL}`), 'FINDING', ['TOR_IP']),
            signal('f1d0', 'CLOUD_TRAIL', ['HIGH_RISK_API']),
          ],
          sequenceIndicators: [{ key: 'ATTACK_TACTIC', values: ['Impact'] }],
        },
      },
    },
    targets: resources.map(([, , target]) => target),
  };
}

/** The forms in which GuardDuty sends a finding type. Throws for a resource that nobody has described. */
export function shapesOf(type: string): readonly Shape[] {
  const [, purpose = '', threatResource = '', rest = ''] = /^(\w+):(\w+)\/(.+)$/.exec(type) ?? [];
  const file = /(Malicious|Suspicious)File/.test(rest) && purpose === 'Execution';
  if (purpose === 'AttackSequence') return [ofSequence(threatResource)];
  if (threatResource === 'EC2' || (threatResource === 'S3' && file))
    return [file ? ofFile(type) : ofInstance(type)];
  if (threatResource === 'IAMUser') return [ofKey(type)];
  if (threatResource === 'S3') return [ofBucket(type)];
  if (threatResource === 'RDS') return ofRds();
  if (threatResource === 'Lambda') return [ofFunction()];
  if (threatResource === 'Runtime') return ofRuntime(type);
  if (threatResource === 'ECS') return [ECS];
  if (threatResource === 'Container')
    return [
      {
        resource: {
          resourceType: 'Container',
          containerDetails: { id: 'c0ffee', name: 'web', image: 'docker.io/somebody/web:latest' },
          ebsVolumeDetails,
        },
        service: scanned,
        targets: ['container c0ffee'],
      },
    ];
  if (threatResource === 'Kubernetes')
    return [
      {
        resource: { resourceType: 'EKSCluster', ...cluster, ...(file && { ebsVolumeDetails }) },
        service: file ? scanned : kubernetesCall,
        targets: CLUSTER,
      },
    ];
  throw new Error(`no shape for ${type}`);
}

/** A finding of a type as an event's `detail` holds it. */
export function findingOf(
  type: string,
  severity: number,
  { resource, service }: Shape,
): Record<string, unknown> {
  const common = { serviceName: 'guardduty', resourceRole: 'TARGET', archived: false, count: 3 };
  return { ...bareFinding(), type, severity, resource, service: { ...common, ...service } };
}
