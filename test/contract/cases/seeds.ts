/** A VPC with a public subnet, and what a case adds to it. */
export function network(groups: readonly object[] = []) {
  return {
    vpcs: [{ vpcId: 'vpc-0a000000000000001', cidrBlock: '10.0.0.0/16' }],
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
          { port: 443, cidr: '0.0.0.0/0' },
          { port: 22, cidr: '10.0.0.0/16' },
        ],
      },
      { groupId: 'sg-0a000000000000002', groupName: 'monitoring', vpcId: 'vpc-0a000000000000001' },
      ...groups,
    ],
  };
}

export const TARGET = 'i-0a000000000000001';
export const INNOCENT = 'i-0b000000000000001';

/** Two instances: the one that is acted on, with two interfaces and two volumes, and an innocent neighbour. */
export function instances(target: object = {}) {
  return [
    {
      instanceId: TARGET,
      subnetId: 'subnet-0a000000000000001',
      networkInterfaces: [
        {
          networkInterfaceId: 'eni-0a000000000000001',
          securityGroups: ['sg-0a000000000000001', 'sg-0a000000000000002'],
          privateIpAddress: '10.0.1.10',
          publicIpAddress: '203.0.113.10',
        },
        {
          networkInterfaceId: 'eni-0a000000000000002',
          securityGroups: ['sg-0a000000000000002'],
          privateIpAddress: '10.0.1.11',
        },
      ],
      volumes: [
        { volumeId: 'vol-0a000000000000001', deviceName: '/dev/xvda' },
        { volumeId: 'vol-0a000000000000002', deviceName: '/dev/xvdf', deleteOnTermination: false },
      ],
      ...target,
    },
    {
      instanceId: INNOCENT,
      subnetId: 'subnet-0a000000000000001',
      networkInterfaces: [
        {
          networkInterfaceId: 'eni-0b000000000000001',
          securityGroups: ['sg-0a000000000000001'],
          privateIpAddress: '10.0.1.20',
        },
      ],
      volumes: [{ volumeId: 'vol-0b000000000000001' }],
    },
  ];
}

/** A policy that allows one action on everything. */
export function allowing(action: string) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] };
}

/** A call that a user made two hours ago. */
export function callOf(userName: string, more: object = {}) {
  return {
    eventTime: '-PT2H',
    eventName: 'RunInstances',
    eventSource: 'ec2.amazonaws.com',
    sourceIPAddress: '198.51.100.7',
    userIdentity: { type: 'IAMUser', userName, accessKeyId: 'AKIAANY000000000000A' },
    ...more,
  };
}

/** A bucket that Bedrock and the delivery of flow logs may write to. */
export function logBucket(name: string, more: object = {}) {
  const services = ['bedrock.amazonaws.com', 'delivery.logs.amazonaws.com'];
  return {
    name,
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: services },
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${name}/*`,
        },
      ],
    },
    ...more,
  };
}
