import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../wire/service.ts';
import { ec2Arn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { ec2Id } from '../ids.ts';
import { type FilterValues, listResources } from './listing.ts';
import { permissionsOf, toSecurityGroupRule } from './permissions.ts';
import { findResource, requireNew, requireResource } from './resources.ts';
import { changing, reading, type Scope } from './scope.ts';
import type { RuleState, SecurityGroupState } from './state.ts';
import { putTags, requestTags, requireTagging, specifiedTags, tagsOf } from './tags.ts';

export function securityGroupOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeSecurityGroups: reading<
      ec2.DescribeSecurityGroupsCommandInput,
      ec2.DescribeSecurityGroupsCommandOutput
    >(cloud, 'DescribeSecurityGroups', describeGroups),
    DescribeSecurityGroupRules: reading<
      ec2.DescribeSecurityGroupRulesCommandInput,
      ec2.DescribeSecurityGroupRulesCommandOutput
    >(cloud, 'DescribeSecurityGroupRules', describeRules),
    CreateSecurityGroup: changing<ec2.CreateSecurityGroupCommandInput, ec2.CreateSecurityGroupCommandOutput>(
      cloud,
      requireCreation,
      create,
    ),
    DeleteSecurityGroup: changing<ec2.DeleteSecurityGroupCommandInput, ec2.DeleteSecurityGroupCommandOutput>(
      cloud,
      (input, scope) => [requireResource(scope, 'DeleteSecurityGroup', input.GroupId ?? '')],
      remove,
    ),
  };
}

const groupFilters: FilterValues<SecurityGroupState> = {
  'group-id': (group) => group.groupId,
  'group-name': (group) => group.groupName,
  'vpc-id': (group) => group.vpcId,
  description: (group) => group.description,
  'ip-permission.cidr': (group) => group.rules.filter((rule) => !rule.isEgress).map((rule) => rule.cidrIpv4),
  'ip-permission.group-id': (group) =>
    group.rules.filter((rule) => !rule.isEgress).map((rule) => rule.referencedGroupId),
  'egress.ip-permission.group-id': (group) =>
    group.rules.filter((rule) => rule.isEgress).map((rule) => rule.referencedGroupId),
};

function describeGroups(input: ec2.DescribeSecurityGroupsCommandInput, scope: Scope) {
  const { items, NextToken } = listResources<SecurityGroupState>(scope, input, {
    records: scope.ec2.securityGroups,
    prefix: 'sg',
    ids: input.GroupIds,
    idOf: (group) => group.groupId,
    filters: groupFilters,
  });
  const names = input.GroupNames;
  const named = items.filter((group) => !names?.length || names.includes(group.groupName));
  return { SecurityGroups: named.map((group) => toGroup(scope, group)), NextToken };
}

function toGroup(scope: Scope, group: SecurityGroupState): ec2.SecurityGroup {
  return {
    GroupId: group.groupId,
    GroupName: group.groupName,
    Description: group.description,
    VpcId: group.vpcId,
    OwnerId: scope.account,
    SecurityGroupArn: ec2Arn(scope.account, scope.region, `security-group/${group.groupId}`),
    IpPermissions: permissionsOf(
      group.rules.filter((rule) => !rule.isEgress),
      scope.account,
    ),
    IpPermissionsEgress: permissionsOf(
      group.rules.filter((rule) => rule.isEgress),
      scope.account,
    ),
    Tags: tagsOf(scope, group.groupId),
  };
}

interface GroupRule extends RuleState {
  readonly groupId: string;
}

function describeRules(input: ec2.DescribeSecurityGroupRulesCommandInput, scope: Scope) {
  const rules = Object.values(scope.ec2.securityGroups).flatMap(({ groupId, rules }) =>
    rules.map((rule): [string, GroupRule] => [rule.securityGroupRuleId, { ...rule, groupId }]),
  );
  const { items, NextToken } = listResources<GroupRule>(scope, input, {
    records: Object.fromEntries(rules),
    prefix: 'sgr',
    ids: input.SecurityGroupRuleIds,
    idOf: (rule) => rule.securityGroupRuleId,
    filters: {
      'group-id': (rule) => rule.groupId,
      'security-group-rule-id': (rule) => rule.securityGroupRuleId,
    },
  });
  const SecurityGroupRules = items.map((rule) => ({
    ...toSecurityGroupRule(rule, rule.groupId, scope.account),
    Tags: tagsOf(scope, rule.securityGroupRuleId),
  }));
  return { SecurityGroupRules, NextToken };
}

function requireCreation(input: ec2.CreateSecurityGroupCommandInput, scope: Scope) {
  const tags = specifiedTags(input.TagSpecifications, 'security-group');
  const vpc = input.VpcId === undefined ? [] : [requireResource(scope, 'CreateSecurityGroup', input.VpcId)];
  return [
    requireNew(scope, 'CreateSecurityGroup', 'security-group', requestTags(tags)),
    ...vpc,
    ...requireTagging(scope, 'CreateSecurityGroup', 'security-group', tags),
  ];
}

/** A new group lets everything out and nothing in, as AWS's do. */
function create(input: ec2.CreateSecurityGroupCommandInput, scope: Scope) {
  const { vpcId } =
    input.VpcId === undefined ? defaultVpc(scope) : findResource(scope.ec2.vpcs, input.VpcId, 'vpc');
  const groupName = checkedName(scope, input.GroupName ?? '', vpcId);
  const groupId = ec2Id(scope.cloud, 'sg');
  const allowAll: RuleState = {
    securityGroupRuleId: ec2Id(scope.cloud, 'sgr'),
    isEgress: true,
    ipProtocol: '-1',
    cidrIpv4: '0.0.0.0/0',
  };
  scope.ec2.securityGroups[groupId] = {
    groupId,
    groupName,
    description: input.Description ?? '',
    vpcId,
    rules: [allowAll],
  };
  putTags(scope, groupId, specifiedTags(input.TagSpecifications, 'security-group'));
  const SecurityGroupArn = ec2Arn(scope.account, scope.region, `security-group/${groupId}`);
  return { GroupId: groupId, Tags: tagsOf(scope, groupId), SecurityGroupArn };
}

function defaultVpc(scope: Scope) {
  const vpc = Object.values(scope.ec2.vpcs).find((one) => one.isDefault);
  if (!vpc) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
  return vpc;
}

function checkedName(scope: Scope, name: string, vpcId: string): string {
  if (!/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(name) || name.startsWith('sg-'))
    throw new AwsError('InvalidParameterValue', `Invalid value '${name}' for groupName`);
  const taken = Object.values(scope.ec2.securityGroups).some(
    (one) => one.vpcId === vpcId && one.groupName === name,
  );
  if (taken)
    throw new AwsError(
      'InvalidGroup.Duplicate',
      `The security group '${name}' already exists for VPC '${vpcId}'`,
    );
  return name;
}

function remove(input: ec2.DeleteSecurityGroupCommandInput, scope: Scope) {
  const group = findResource(scope.ec2.securityGroups, input.GroupId, 'sg');
  const { groupId } = group;
  if (group.groupName === 'default')
    throw new AwsError('CannotDelete', 'the default group cannot be deleted by a user');
  if (isUsed(scope, groupId))
    throw new AwsError('DependencyViolation', `resource ${groupId} has a dependent object`);
  for (const rule of group.rules) delete scope.ec2.tags[rule.securityGroupRuleId];
  delete scope.ec2.securityGroups[groupId];
  delete scope.ec2.tags[groupId];
  return { Return: true, GroupId: groupId };
}

/** By an interface, or by a rule of another group. */
function isUsed(scope: Scope, groupId: string): boolean {
  const interfaces = Object.values(scope.ec2.networkInterfaces);
  const others = Object.values(scope.ec2.securityGroups).filter((group) => group.groupId !== groupId);
  return (
    interfaces.some((one) => one.groupIds.includes(groupId)) ||
    others.some((group) => group.rules.some((rule) => rule.referencedGroupId === groupId))
  );
}
