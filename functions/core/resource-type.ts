import type { EntityKind } from './entity.ts';

/**
 * Kinds of CloudFormation's resource types, in which AWS Config and IAM Access Analyzer speak
 * (https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html).
 */
const kinds: Readonly<Record<string, EntityKind>> = {
  'AWS::::Account': 'account',
  'AWS::CloudTrail::Trail': 'trail',
  'AWS::DynamoDB::Table': 'database',
  'AWS::EC2::Instance': 'instance',
  'AWS::EC2::NetworkInterface': 'network-interface',
  'AWS::EC2::SecurityGroup': 'security-group',
  'AWS::EC2::Snapshot': 'snapshot',
  'AWS::EC2::Volume': 'volume',
  'AWS::ECR::Repository': 'image',
  'AWS::ECS::Cluster': 'cluster',
  'AWS::EKS::Cluster': 'cluster',
  'AWS::IAM::AccessKey': 'access-key',
  'AWS::IAM::Role': 'role',
  'AWS::IAM::User': 'user',
  'AWS::KMS::Key': 'key',
  'AWS::Lambda::Function': 'function',
  'AWS::RDS::DBCluster': 'database',
  'AWS::RDS::DBClusterSnapshot': 'snapshot',
  'AWS::RDS::DBInstance': 'database',
  'AWS::RDS::DBSnapshot': 'snapshot',
  'AWS::Redshift::Cluster': 'database',
  'AWS::S3::Bucket': 'bucket',
  'AWS::SecretsManager::Secret': 'secret',
};

/** What a resource of this type is to us; `other` for the types that we have no word for. */
export function kindOfResourceType(type: string): EntityKind {
  return kinds[type] ?? 'other';
}

/** `AWS::S3::Bucket` as part of a finding's type: `S3Bucket`. */
export function shortResourceType(type: string): string {
  return type.replace(/^AWS::/, '').replaceAll(/[^A-Za-z0-9]+/g, '');
}
