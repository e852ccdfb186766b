import type { EntityKind } from './entity.ts';

/** CloudFormation's resource types, without colons and in small letters: so ASFF's own spelling is the same. */
const kinds: Readonly<Record<string, EntityKind>> = {
  awsaccount: 'account',
  awscloudtrailtrail: 'trail',
  awsdynamodbtable: 'database',
  awsec2image: 'image',
  awsec2instance: 'instance',
  awsec2networkinterface: 'network-interface',
  awsec2securitygroup: 'security-group',
  awsec2snapshot: 'snapshot',
  awsec2volume: 'volume',
  awsecrcontainerimage: 'image',
  awsecrrepository: 'image',
  awsecscluster: 'cluster',
  awsecscontainer: 'container',
  awsecstask: 'container',
  awsekscluster: 'cluster',
  awsiamaccesskey: 'access-key',
  awsiamrole: 'role',
  awsiamuser: 'user',
  awskmskey: 'key',
  awslambdafunction: 'function',
  awsrdsdbcluster: 'database',
  awsrdsdbclustersnapshot: 'snapshot',
  awsrdsdbinstance: 'database',
  awsrdsdbsnapshot: 'snapshot',
  awsredshiftcluster: 'database',
  awss3bucket: 'bucket',
  awss3object: 'object',
  awssecretsmanagersecret: 'secret',
  container: 'container',
};

/** The kind of a resource type as CloudFormation (`AWS::EC2::Instance`) or ASFF (`AwsEc2Instance`) writes it. */
export function kindOfResourceType(type: string): EntityKind {
  const name = type.replaceAll(':', '').toLowerCase();
  return Object.hasOwn(kinds, name) ? (kinds[name] ?? 'other') : 'other';
}

/** `AWS::S3::Bucket` as part of a finding's type: `S3Bucket`. */
export function shortResourceType(type: string): string {
  return type.replace(/^AWS::/, '').replaceAll(/[^A-Za-z0-9]+/g, '');
}
