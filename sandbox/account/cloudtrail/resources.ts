import type { CloudTrailRecord } from './record.ts';

export interface EventResource {
  readonly ResourceType: string;
  readonly ResourceName: string;
}

/** Request parameters that name a resource, and its type in CloudTrail's event history. */
const resourceTypes: Readonly<Record<string, string>> = {
  accessKeyId: 'AWS::IAM::AccessKey',
  allocationId: 'AWS::EC2::EIP',
  bucketName: 'AWS::S3::Bucket',
  functionName: 'AWS::Lambda::Function',
  groupId: 'AWS::EC2::SecurityGroup',
  instanceId: 'AWS::EC2::Instance',
  instanceProfileName: 'AWS::IAM::InstanceProfile',
  networkInterfaceId: 'AWS::EC2::NetworkInterface',
  policyArn: 'AWS::IAM::Policy',
  policyName: 'AWS::IAM::Policy',
  roleArn: 'AWS::IAM::Role',
  roleName: 'AWS::IAM::Role',
  snapshotId: 'AWS::EC2::Snapshot',
  subnetId: 'AWS::EC2::Subnet',
  userName: 'AWS::IAM::User',
  volumeId: 'AWS::EC2::Volume',
  vpcId: 'AWS::EC2::VPC',
};

/** The resources of an event: those that the record lists, and those that its parameters and answer name. */
export function resourcesOf(record: CloudTrailRecord): readonly EventResource[] {
  const listed = (record.resources ?? []).map(({ ARN = '', type = '' }) => ({
    ResourceType: type,
    ResourceName: ARN,
  }));
  const named = [...namedIn(record.requestParameters), ...namedIn(record.responseElements)];
  const unique = new Map(
    [...listed, ...named].map((one) => [`${one.ResourceType} ${one.ResourceName}`, one]),
  );
  return [...unique.values()];
}

function namedIn(value: unknown): readonly EventResource[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, content]: [string, unknown]) => {
    const type = Object.hasOwn(resourceTypes, name) ? resourceTypes[name] : undefined;
    if (type !== undefined && typeof content === 'string')
      return [{ ResourceType: type, ResourceName: content }];
    return namedIn(content);
  });
}
