import type { EntityKind } from './entity.ts';

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Splits an ARN, or answers undefined: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html. */
export function parseArn(text: string): Arn | undefined {
  const parts = /^arn:(aws[\w-]*):([\w-]+):([\w-]*):(\d{12}|aws|):(.+)$/s.exec(text);
  if (!parts) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = parts;
  return { partition, service, region, account, resource };
}

/** Resource prefix to kind, by service. The first prefix that fits wins; '' is the service's default. */
const kinds: Readonly<Record<string, readonly (readonly [prefix: string, kind: EntityKind])[]>> = {
  ec2: [
    ['instance/', 'instance'],
    ['network-interface/', 'network-interface'],
    ['security-group/', 'security-group'],
    ['volume/', 'volume'],
    ['snapshot/', 'snapshot'],
    ['image/', 'image'],
  ],
  iam: [
    ['user/', 'user'],
    ['role/', 'role'],
    ['root', 'root'],
  ],
  sts: [['assumed-role/', 'role']],
  rds: [
    ['snapshot:', 'snapshot'],
    ['cluster-snapshot:', 'snapshot'],
    ['db:', 'database'],
    ['dbinstance', 'database'],
    ['shard-group:', 'database'],
    ['cluster:', 'database'],
    ['dbcluster', 'database'],
  ],
  redshift: [['cluster:', 'database']],
  dynamodb: [['table/', 'database']],
  lambda: [['function:', 'function']],
  eks: [['cluster/', 'cluster']],
  ecs: [
    ['cluster/', 'cluster'],
    ['task/', 'container'],
  ],
  ecr: [['repository/', 'image']],
  kms: [['key/', 'key']],
  secretsmanager: [['secret:', 'secret']],
  cloudtrail: [['trail/', 'trail']],
};

/** What an ARN names, with the service's own short identifier. */
export function identityOf(arn: Arn): { readonly kind: EntityKind; readonly id: string } {
  if (arn.service === 's3')
    return { kind: arn.resource.includes('/') ? 'object' : 'bucket', id: arn.resource };
  const [prefix, kind] = kinds[arn.service]?.find(([start]) => arn.resource.startsWith(start)) ?? [
    '',
    'other',
  ];
  if (kind === 'other') return { kind, id: `${arn.service}:${arn.resource}` };
  return { kind, id: shortId(arn.service, prefix, arn.resource) };
}

function shortId(service: string, prefix: string, resource: string): string {
  if (resource === 'root') return 'root';
  const rest = resource.slice(prefix.length).replace(/^[:/]/, '') || resource;
  const segments = rest.split('/');
  // IAM: the name follows the path. STS: the session, which the caller chose, follows the role's name.
  if (service === 'iam') return segments.at(-1) || rest;
  if (service === 'sts') return segments[0] || rest;
  // Disks have snapshots too, and clusters; a database's may be called like theirs.
  if (service === 'rds' && resource.includes('snapshot:')) return resource;
  if (service === 'lambda') return rest.split(':')[0] || rest;
  return rest;
}
