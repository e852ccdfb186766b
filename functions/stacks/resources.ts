import type { Target } from '../core/plan.ts';

/** What CloudFormation calls the kinds of targets; it makes none of the others, or names them by something else. */
const types: Readonly<Partial<Record<Target['kind'], readonly string[]>>> = {
  instance: ['AWS::EC2::Instance'],
  'network-interface': ['AWS::EC2::NetworkInterface'],
  'security-group': ['AWS::EC2::SecurityGroup'],
  volume: ['AWS::EC2::Volume'],
  'access-key': ['AWS::IAM::AccessKey'],
  user: ['AWS::IAM::User'],
  role: ['AWS::IAM::Role'],
  bucket: ['AWS::S3::Bucket'],
  database: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  function: ['AWS::Lambda::Function'],
  cluster: ['AWS::ECS::Cluster', 'AWS::EKS::Cluster'],
  key: ['AWS::KMS::Key'],
  secret: ['AWS::SecretsManager::Secret'],
  trail: ['AWS::CloudTrail::Trail'],
};

/** A resource as a stack names it. */
export interface StackResourceName {
  /** What `Ref` gives in a template: of a secret its ARN, of the others their id. */
  readonly physicalId: string;
  readonly types: readonly string[];
}

/** Undefined for what is in no stack under a name that we know. */
export function stackResourceOf({ kind, id, arn }: Target): StackResourceName | undefined {
  const physicalId = kind === 'secret' ? arn : id;
  const known = types[kind];
  return known && physicalId !== undefined ? { physicalId, types: known } : undefined;
}
