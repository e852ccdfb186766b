import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { ec2Id } from '../ids.ts';
import { permissionsOf, ruleKey, rulesOf, toSecurityGroupRule } from './permissions.ts';
import { findResource, requireResource } from './resources.ts';
import { changing, type Scope } from './scope.ts';
import type { RuleState, SecurityGroupState } from './state.ts';
import { putTags, requireTagging, specifiedTags } from './tags.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html, for each direction. */
const maximumRules = 60;

type Authorize = ec2.AuthorizeSecurityGroupIngressCommandInput | ec2.AuthorizeSecurityGroupEgressCommandInput;
type Revoke = ec2.RevokeSecurityGroupIngressCommandInput | ec2.RevokeSecurityGroupEgressCommandInput;
type Authorized = ec2.AuthorizeSecurityGroupIngressCommandOutput;
type Revoked = ec2.RevokeSecurityGroupIngressCommandOutput;

/** Opening and closing groups. A request is carried out whole or not at all. */
export function securityGroupRuleOperations(cloud: Cloud): Record<string, Operation> {
  return {
    AuthorizeSecurityGroupIngress: authorizing(cloud, 'AuthorizeSecurityGroupIngress', false),
    AuthorizeSecurityGroupEgress: authorizing(cloud, 'AuthorizeSecurityGroupEgress', true),
    RevokeSecurityGroupIngress: revoking(cloud, 'RevokeSecurityGroupIngress', false),
    RevokeSecurityGroupEgress: revoking(cloud, 'RevokeSecurityGroupEgress', true),
  };
}

function authorizing(cloud: Cloud, name: string, isEgress: boolean): Operation {
  return changing<Authorize, Authorized>(
    cloud,
    (input, scope) => [
      requireResource(scope, name, input.GroupId ?? ''),
      ...requireTagging(scope, name, 'security-group-rule', ruleTags(input)),
    ],
    (input, scope) => authorize(input, scope, isEgress),
  );
}

function revoking(cloud: Cloud, name: string, isEgress: boolean): Operation {
  return changing<Revoke, Revoked>(
    cloud,
    (input, scope) => [requireResource(scope, name, input.GroupId ?? '')],
    (input, scope) => revoke(input, scope, isEgress),
  );
}

function authorize(input: Authorize, scope: Scope, isEgress: boolean) {
  const group = groupOf(input, scope);
  const added = rulesOf(givenPermissions(input)).map((rule) => ({
    ...rule,
    securityGroupRuleId: ec2Id(scope.cloud, 'sgr'),
    isEgress,
  }));
  for (const rule of added) checkAddition(scope, group, rule);
  const side = group.rules.filter((rule) => rule.isEgress === isEgress);
  if (side.length + added.length > maximumRules)
    throw new AwsError('RulesPerSecurityGroupLimitExceeded', 'The maximum number of rules has been reached');
  group.rules = [...group.rules, ...added];
  for (const rule of added) putTags(scope, rule.securityGroupRuleId, ruleTags(input));
  return { Return: true, SecurityGroupRules: added.map((rule) => describe(scope, group, rule)) };
}

function checkAddition(scope: Scope, group: SecurityGroupState, rule: RuleState): void {
  if (rule.referencedGroupId !== undefined)
    findResource(scope.ec2.securityGroups, rule.referencedGroupId, 'sg');
  if (group.rules.some((existing) => sameRule(existing, rule)))
    throw new AwsError('InvalidPermission.Duplicate', `the specified rule "${shown(rule)}" already exists`);
}

function revoke(input: Revoke, scope: Scope, isEgress: boolean) {
  const group = groupOf(input, scope);
  const { found, unknown } = input.SecurityGroupRuleIds?.length
    ? { found: rulesById(group, input.SecurityGroupRuleIds, isEgress), unknown: [] }
    : rulesByPermission(scope, group, input, isEgress);
  group.rules = group.rules.filter((rule) => !found.includes(rule));
  for (const rule of found) delete scope.ec2.tags[rule.securityGroupRuleId];
  return {
    Return: true,
    RevokedSecurityGroupRules: found.map((rule) => toRevoked(group, rule)),
    UnknownIpPermissions: permissionsOf(unknown, scope.account),
  };
}

function rulesById(
  group: SecurityGroupState,
  ids: readonly string[],
  isEgress: boolean,
): readonly RuleState[] {
  return ids.map((id) => {
    const rule = group.rules.find((one) => one.securityGroupRuleId === id && one.isEgress === isEgress);
    if (rule) return rule;
    throw new AwsError(
      'InvalidSecurityGroupRuleId.NotFound',
      `The security group rule ID '${id}' does not exist`,
    );
  });
}

/** A rule that is not there is an error, but in a default VPC only an entry in the answer. */
function rulesByPermission(scope: Scope, group: SecurityGroupState, input: Revoke, isEgress: boolean) {
  const wanted = rulesOf(givenPermissions(input)).map((rule) => ({
    ...rule,
    securityGroupRuleId: '',
    isEgress,
  }));
  const unknown = wanted.filter((rule) => !group.rules.some((existing) => sameRule(existing, rule)));
  const [first] = unknown;
  if (first && !scope.ec2.vpcs[group.vpcId]?.isDefault)
    throw new AwsError('InvalidPermission.NotFound', `The specified rule "${shown(first)}" does not exist`);
  return {
    found: group.rules.filter((existing) => wanted.some((rule) => sameRule(existing, rule))),
    unknown,
  };
}

function groupOf(input: Authorize | Revoke, scope: Scope): SecurityGroupState {
  return findResource(scope.ec2.securityGroups, input.GroupId, 'sg');
}

/** A single rule may also be spelled out in the request's own members. */
function givenPermissions(input: Authorize | Revoke): readonly ec2.IpPermission[] {
  if (input.IpPermissions) return input.IpPermissions;
  const { IpProtocol, FromPort, ToPort, CidrIp } = input;
  return [{ IpProtocol, FromPort, ToPort, IpRanges: CidrIp === undefined ? [] : [{ CidrIp }] }];
}

function ruleTags(input: Authorize): readonly ec2.Tag[] {
  return specifiedTags(input.TagSpecifications, 'security-group-rule');
}

function sameRule(left: RuleState, right: RuleState): boolean {
  return left.isEgress === right.isEgress && ruleKey(left) === ruleKey(right);
}

function describe(scope: Scope, group: SecurityGroupState, rule: RuleState): ec2.SecurityGroupRule {
  return toSecurityGroupRule(rule, group.groupId, scope.account);
}

function toRevoked(group: SecurityGroupState, rule: RuleState): ec2.RevokedSecurityGroupRule {
  return {
    SecurityGroupRuleId: rule.securityGroupRuleId,
    GroupId: group.groupId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.ipProtocol,
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    CidrIpv4: rule.cidrIpv4,
    CidrIpv6: rule.cidrIpv6,
    PrefixListId: rule.prefixListId,
    ReferencedGroupId: rule.referencedGroupId,
    Description: rule.description,
  };
}

function shown(rule: RuleState): string {
  const peer = rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId ?? rule.referencedGroupId;
  return `peer: ${peer}, ${rule.ipProtocol}, from port: ${rule.fromPort}, to port: ${rule.toPort}, ALLOW`;
}
