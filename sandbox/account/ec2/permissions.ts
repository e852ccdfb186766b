import { isIPv4, isIPv6 } from 'node:net';
import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { AwsError } from '../../wire/service.ts';
import type { RuleState } from './state.ts';

/** A rule before it has an id. */
export type NewRule = Omit<RuleState, 'securityGroupRuleId' | 'isEgress'>;

/** Protocol numbers that EC2 turns into names (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html). */
const protocolNames: Readonly<Record<string, string>> = {
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmpv6',
  all: '-1',
};

/** One permission is one rule for every source that it names. */
export function rulesOf(permissions: readonly IpPermission[]): readonly NewRule[] {
  const rules = permissions.flatMap((permission) => {
    const base = protocolAndPorts(permission);
    return sourcesOf(permission).map((source) => ({ ...base, ...source }));
  });
  if (rules.length === 0) throw new AwsError('MissingParameter', 'The request must name at least one source');
  if (new Set(rules.map(ruleKey)).size < rules.length)
    throw new AwsError('InvalidParameterValue', 'The same permission must not appear multiple times');
  return rules;
}

/** What makes two rules the same: everything except the description. */
export function ruleKey(rule: NewRule): string {
  const { ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6, prefixListId, referencedGroupId } = rule;
  return JSON.stringify([ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6, prefixListId, referencedGroupId]);
}

/** Rules as DescribeSecurityGroups shows them: one permission for each protocol and port range. */
export function permissionsOf(rules: readonly RuleState[], account: string): IpPermission[] {
  const groups = Map.groupBy(rules, (rule) => JSON.stringify([rule.ipProtocol, rule.fromPort, rule.toPort]));
  return [...groups.values()].map((group) => toPermission(group, account));
}

/** A rule as DescribeSecurityGroupRules shows it. */
export function toSecurityGroupRule(rule: RuleState, groupId: string, account: string): SecurityGroupRule {
  return {
    SecurityGroupRuleId: rule.securityGroupRuleId,
    GroupId: groupId,
    GroupOwnerId: account,
    IsEgress: rule.isEgress,
    IpProtocol: rule.ipProtocol,
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    CidrIpv4: rule.cidrIpv4,
    CidrIpv6: rule.cidrIpv6,
    PrefixListId: rule.prefixListId,
    ReferencedGroupInfo:
      rule.referencedGroupId === undefined ? undefined : { GroupId: rule.referencedGroupId, UserId: account },
    Description: rule.description,
  };
}

function toPermission(rules: readonly RuleState[], account: string): IpPermission {
  const Description = (rule: RuleState) => rule.description;
  const having = (member: keyof RuleState) => rules.filter((rule) => rule[member] !== undefined);
  return {
    IpProtocol: rules[0]?.ipProtocol,
    FromPort: rules[0]?.fromPort,
    ToPort: rules[0]?.toPort,
    IpRanges: having('cidrIpv4').map((rule) => ({ CidrIp: rule.cidrIpv4, Description: Description(rule) })),
    Ipv6Ranges: having('cidrIpv6').map((rule) => ({
      CidrIpv6: rule.cidrIpv6,
      Description: Description(rule),
    })),
    PrefixListIds: having('prefixListId').map((rule) => ({
      PrefixListId: rule.prefixListId,
      Description: Description(rule),
    })),
    UserIdGroupPairs: having('referencedGroupId').map((rule) => ({
      GroupId: rule.referencedGroupId,
      UserId: account,
      Description: Description(rule),
    })),
  };
}

/** Protocol -1 covers all ports, whatever the request says. */
function protocolAndPorts(permission: IpPermission): NewRule {
  const given = (permission.IpProtocol ?? '').toLowerCase();
  const ipProtocol = protocolNames[given] ?? given;
  if (!/^(-1|tcp|udp|icmp|icmpv6|\d{1,3})$/.test(ipProtocol))
    throw new AwsError('InvalidParameterValue', `Invalid value '${given}' for IP protocol`);
  if (ipProtocol === '-1') return { ipProtocol };
  const { FromPort: fromPort = -1, ToPort: toPort = -1 } = permission;
  if (/^(tcp|udp)$/.test(ipProtocol) && (fromPort < 0 || toPort > 65_535 || fromPort > toPort))
    throw new AwsError('InvalidParameterValue', `Invalid port range ${fromPort} to ${toPort}`);
  return { ipProtocol, fromPort, toPort };
}

function sourcesOf(permission: IpPermission): readonly Partial<NewRule>[] {
  return [
    ...(permission.IpRanges ?? []).map((range) => ({
      cidrIpv4: checkedRange(range.CidrIp, isIPv4, 32),
      description: range.Description,
    })),
    ...(permission.Ipv6Ranges ?? []).map((range) => ({
      cidrIpv6: checkedRange(range.CidrIpv6, isIPv6, 128),
      description: range.Description,
    })),
    ...(permission.PrefixListIds ?? []).map((list) => ({
      prefixListId: list.PrefixListId,
      description: list.Description,
    })),
    ...(permission.UserIdGroupPairs ?? []).map((pair) => ({
      referencedGroupId: pair.GroupId,
      description: pair.Description,
    })),
  ];
}

function checkedRange(range: string | undefined, isAddress: (text: string) => boolean, bits: number): string {
  const [address = '', prefix = ''] = (range ?? '').split('/');
  if (!isAddress(address) || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits)
    throw new AwsError('InvalidParameterValue', `CIDR block ${range} is malformed`);
  return `${address}/${Number(prefix)}`;
}
