import type { PolicyDocument } from '../../authorize/policy.ts';
import { assertSupported } from '../../authorize/supported.ts';
import { policyArn } from '../arns.ts';
import { awsManagedPolicies } from '../iam/managed-policies.ts';
import { jsonPath, SeedError } from './error.ts';
import type { Seed } from './read.ts';

type Path = readonly PropertyKey[];
type Check = (path: Path, id: string | undefined, known: ReadonlySet<string>, kind: string) => void;

/** Refuses a seed that names things which it does not hold, or policies that cannot be evaluated. */
export function checkReferences(seed: Seed): void {
  const check: Check = (path, id, known, kind) => {
    if (id !== undefined && !known.has(id))
      throw new SeedError(seed.accountFile, jsonPath(path), `expected ${kind} of this account, not ${id}`);
  };
  checkIam(seed, check);
  checkNetwork(seed, check);
  checkInstances(seed, check);
  checkWebAcls(seed, check);
  checkDnsFirewall(seed, check);
  checkPolicies(seed);
}

function checkIam({ account: { account, iam } }: Seed, check: Check): void {
  const groups = new Set(iam.groups.map((group) => group.groupName));
  const roles = new Set(iam.roles.map((role) => role.roleName));
  const policies = new Set([
    ...iam.policies.map((policy) => policyArn(account, policy)),
    ...awsManagedPolicies.keys(),
  ]);
  for (const [at, user] of iam.users.entries())
    for (const [index, group] of user.groups.entries())
      check(['iam', 'users', at, 'groups', index], group, groups, 'a group');
  for (const [at, profile] of iam.instanceProfiles.entries())
    check(['iam', 'instanceProfiles', at, 'role'], profile.role, roles, 'a role');
  for (const kind of ['users', 'roles', 'groups'] as const)
    for (const [at, holder] of iam[kind].entries())
      for (const [index, arn] of holder.attachedPolicies.entries())
        check(['iam', kind, at, 'attachedPolicies', index], arn, policies, 'a managed policy');
}

function checkNetwork({ account: { ec2 } }: Seed, check: Check): void {
  const vpcs = new Set(ec2.vpcs.map((vpc) => vpc.vpcId));
  for (const kind of ['subnets', 'routeTables', 'securityGroups', 'networkAcls'] as const)
    for (const [at, item] of ec2[kind].entries())
      check(['ec2', kind, at, 'vpcId'], item.vpcId, vpcs, 'a VPC');
  const groups = groupIds(ec2);
  for (const [at, group] of ec2.securityGroups.entries())
    for (const side of ['ingress', 'egress'] as const)
      for (const [index, rule] of group[side].entries())
        check(['ec2', 'securityGroups', at, side, index, 'group'], rule.group, groups, 'a security group');
}

function checkInstances({ account: { ec2, iam } }: Seed, check: Check): void {
  const subnets = new Set(ec2.subnets.map((subnet) => subnet.subnetId));
  const profiles = new Set(iam.instanceProfiles.map((profile) => profile.instanceProfileName));
  for (const [at, instance] of ec2.instances.entries()) {
    const path = ['ec2', 'instances', at];
    check([...path, 'subnetId'], instance.subnetId, subnets, 'a subnet');
    check([...path, 'iamInstanceProfile'], instance.iamInstanceProfile, profiles, 'an instance profile');
    checkInterfaces([...path, 'networkInterfaces'], instance.networkInterfaces, ec2, check);
  }
  checkInterfaces(['ec2', 'networkInterfaces'], ec2.networkInterfaces, ec2, check);
}

function checkInterfaces(
  path: Path,
  interfaces: readonly {
    readonly subnetId?: string | undefined;
    readonly securityGroups: readonly string[];
  }[],
  ec2: Seed['account']['ec2'],
  check: Check,
): void {
  const subnets = new Set(ec2.subnets.map((subnet) => subnet.subnetId));
  const groups = groupIds(ec2);
  for (const [at, one] of interfaces.entries()) {
    check([...path, at, 'subnetId'], one.subnetId, subnets, 'a subnet');
    for (const [index, group] of one.securityGroups.entries())
      check([...path, at, 'securityGroups', index], group, groups, 'a security group');
  }
}

function groupIds(ec2: Seed['account']['ec2']): ReadonlySet<string> {
  return new Set(ec2.securityGroups.map((group) => group.groupId));
}

function checkWebAcls({ account: { wafv2 } }: Seed, check: Check): void {
  const sets = new Set(wafv2.ipSets.map(({ name }) => name));
  for (const [at, { rules }] of wafv2.webAcls.entries())
    for (const [index, { ipSets }] of rules.entries())
      for (const set of ipSets)
        check(['wafv2', 'webAcls', at, 'rules', index, 'ipSets'], set, sets, 'an IP set');
}

function checkDnsFirewall({ account: { ec2, route53resolver } }: Seed, check: Check): void {
  const lists = new Set(route53resolver.domainLists.map(({ name }) => name));
  const vpcs = new Set(ec2.vpcs.map(({ vpcId }) => vpcId));
  for (const [at, group] of route53resolver.ruleGroups.entries()) {
    const path = ['route53resolver', 'ruleGroups', at];
    for (const [index, vpc] of group.vpcs.entries()) check([...path, 'vpcs', index], vpc, vpcs, 'a VPC');
    for (const [index, { domainList }] of group.rules.entries())
      check([...path, 'rules', index, 'domainList'], domainList, lists, 'a domain list');
  }
}

function checkPolicies({ accountFile, account: { iam, kms, s3 } }: Seed): void {
  for (const [at, { policy }] of s3.buckets.entries())
    if (policy) checkPolicy(accountFile, ['s3', 'buckets', at, 'policy'], policy);
  for (const [at, { policy }] of kms.keys.entries())
    if (policy) checkPolicy(accountFile, ['kms', 'keys', at, 'policy'], policy);
  for (const [at, role] of iam.roles.entries())
    checkPolicy(accountFile, ['iam', 'roles', at, 'trustPolicy'], role.trustPolicy);
  for (const kind of ['users', 'roles', 'groups'] as const)
    for (const [at, holder] of iam[kind].entries())
      for (const [name, document] of Object.entries(holder.inlinePolicies))
        checkPolicy(accountFile, ['iam', kind, at, 'inlinePolicies', name], document);
  for (const [at, policy] of iam.policies.entries())
    checkPolicy(accountFile, ['iam', 'policies', at, 'document'], policy.document);
}

function checkPolicy(file: string, path: Path, document: PolicyDocument): void {
  try {
    assertSupported(document);
  } catch (cause) {
    throw new SeedError(file, jsonPath(path), cause instanceof Error ? cause.message : String(cause), {
      cause,
    });
  }
}
