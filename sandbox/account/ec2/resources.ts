import { AwsError, type RequestContext, type Requirement } from '../../wire/service.ts';
import { ec2Arn } from '../arns.ts';
import { find } from '../find.ts';
import { tagContext } from '../tags.ts';
import type { Scope } from './scope.ts';

/** A kind of EC2 resource: how its ARN and its errors call it. */
interface ResourceKind {
  readonly arnType: string;
  /** `InvalidInstanceID`: `.NotFound` and `.Malformed` are appended. */
  readonly error: string;
  readonly words: string;
}

/** By the prefix of the id (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html). */
const kinds: Readonly<Record<string, ResourceKind>> = {
  i: { arnType: 'instance', error: 'InvalidInstanceID', words: 'instance ID' },
  vol: { arnType: 'volume', error: 'InvalidVolume', words: 'volume' },
  snap: { arnType: 'snapshot', error: 'InvalidSnapshot', words: 'snapshot' },
  eni: { arnType: 'network-interface', error: 'InvalidNetworkInterfaceID', words: 'networkInterface ID' },
  sg: { arnType: 'security-group', error: 'InvalidGroup', words: 'security group' },
  sgr: {
    arnType: 'security-group-rule',
    error: 'InvalidSecurityGroupRuleId',
    words: 'security group rule ID',
  },
  vpc: { arnType: 'vpc', error: 'InvalidVpcID', words: 'vpc ID' },
  subnet: { arnType: 'subnet', error: 'InvalidSubnetID', words: 'subnet ID' },
  rtb: { arnType: 'route-table', error: 'InvalidRouteTableID', words: 'routeTable ID' },
  fl: { arnType: 'vpc-flow-log', error: 'InvalidFlowLogId', words: 'flow log' },
  acl: { arnType: 'network-acl', error: 'InvalidNetworkAclID', words: 'networkAcl ID' },
  pl: { arnType: 'prefix-list', error: 'InvalidPrefixListID', words: 'prefix list ID' },
  eipalloc: { arnType: 'elastic-ip', error: 'InvalidAllocationID', words: 'allocation ID' },
};

/** What has a name of its own for a malformed id, unlike everything else. */
const malformed: Readonly<Record<string, string>> = { sg: 'InvalidGroupId', snap: 'InvalidSnapshotID' };

/** The resource with an id of the kind that `prefix` says, or the error that EC2 gives. */
export function findResource<Value>(
  record: Readonly<Record<string, Value>>,
  id: string | undefined,
  prefix: string,
): Value {
  const kind = kinds[prefix];
  if (!new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(id ?? '')) {
    throw new AwsError(
      `${malformed[prefix] ?? kind?.error}.Malformed`,
      `Invalid id: "${id}" (expecting "${prefix}-...")`,
    );
  }
  const found = find(record, id);
  if (!found) throw new AwsError(`${kind?.error}.NotFound`, `The ${kind?.words} '${id}' does not exist`);
  return found;
}

/** The resource type of an id, as DescribeTags and ARNs call it. */
export function resourceTypeOf(id: string): string {
  const type = kindOf(id)?.arnType;
  if (type === undefined) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
  return type;
}

function kindOf(id: string): ResourceKind | undefined {
  return find(kinds, id.split('-')[0]);
}

/** A requirement on one existing resource, with its tags. A malformed id is left to the handler to refuse. */
export function requireResource(
  scope: Scope,
  action: string,
  id: string,
  context?: RequestContext,
): Requirement {
  return {
    action: `ec2:${action}`,
    resource: ec2Arn(scope.account, scope.region, `${kindOf(id)?.arnType ?? 'unknown'}/${id}`),
    context: { 'ec2:region': scope.region, ...ec2TagContext(scope, id), ...context },
  };
}

/** A requirement on a resource that does not exist yet. */
export function requireNew(
  scope: Scope,
  action: string,
  type: string,
  context?: RequestContext,
): Requirement {
  return {
    action: `ec2:${action}`,
    resource: ec2Arn(scope.account, scope.region, `${type}/*`),
    context: { 'ec2:region': scope.region, ...context },
  };
}

function ec2TagContext(scope: Scope, id: string): Record<string, string> {
  return tagContext(find(scope.ec2.tags, id), ['aws', 'ec2']);
}
