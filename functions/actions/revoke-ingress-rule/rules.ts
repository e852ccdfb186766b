import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [
  DescribeSecurityGroupsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeNetworkInterfacesCommand,
] as const;
export const writes = [RevokeSecurityGroupIngressCommand, AuthorizeSecurityGroupIngressCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** One TCP or UDP port; without one, every port except those of the web. */
export const Parameters = z.strictObject({ port: z.int().min(1).max(65_535).exactOptional() });
export type Parameters = z.infer<typeof Parameters>;

/** What the internet may see of most sites: a rule for one of these alone is open on purpose. */
const WEB_PORTS: readonly number[] = [80, 443];

/** A rule with all that it takes to make it again, except its id and tags. Ports are null for all protocols. */
const SavedRule = z.strictObject({
  id: z.string(),
  protocol: z.enum(['tcp', 'udp', '-1']),
  fromPort: z.number().int().nullable(),
  toPort: z.number().int().nullable(),
  source: z.enum(['0.0.0.0/0', '::/0']),
  description: z.string().nullable(),
  tagged: z.boolean(),
});
export type SavedRule = z.infer<typeof SavedRule>;
const Before = z.strictObject({ rules: z.array(SavedRule) });

export function beforeOf(planned: PlannedAction): readonly SavedRule[] {
  return Before.parse(planned.before).rules;
}

/**
 * The ingress rules of a group that let the whole internet in on the ports in question, by id. A wide rule counts if
 * the port lies in it, and goes as a whole. ICMP and other protocols have no ports and are left alone, as are ranges
 * that only together make up the internet: Security Hub's EC2.13 and EC2.19 see the same two sources.
 */
export async function readOpenRules(
  groupId: string,
  { port }: Parameters,
  account: Reader,
): Promise<readonly SavedRule[]> {
  const rules = await readRules(groupId, account);
  const open = rules.flatMap((rule) => savedRule(rule) ?? []).filter((rule) => concerns(rule, port));
  return open.sort((a, b) => a.id.localeCompare(b.id));
}

async function readRules(groupId: string, account: Reader): Promise<readonly SecurityGroupRule[]> {
  const Filters = [{ Name: 'group-id', Values: [groupId] }];
  const rules: SecurityGroupRule[] = [];
  let nextToken: string | undefined;
  do {
    const page = await account.send(new DescribeSecurityGroupRulesCommand({ Filters, NextToken: nextToken }));
    rules.push(...(page.SecurityGroupRules ?? []));
    nextToken = page.NextToken;
  } while (nextToken);
  return rules;
}

/** Undefined for a rule that does not let the internet in on a port. */
function savedRule(rule: SecurityGroupRule): SavedRule | undefined {
  const all = rule.IpProtocol === '-1';
  const { success, data } = SavedRule.safeParse({
    id: rule.SecurityGroupRuleId,
    protocol: rule.IpProtocol,
    fromPort: all ? null : (rule.FromPort ?? null),
    toPort: all ? null : (rule.ToPort ?? null),
    source: rule.CidrIpv4 ?? rule.CidrIpv6,
    description: rule.Description ?? null,
    tagged: (rule.Tags?.length ?? 0) > 0,
  });
  return success && rule.IsEgress === false ? data : undefined;
}

function concerns({ fromPort, toPort }: SavedRule, port: number | undefined): boolean {
  if (fromPort === null || toPort === null) return true;
  if (port !== undefined) return fromPort <= port && port <= toPort;
  return fromPort !== toPort || !WEB_PORTS.includes(fromPort);
}

/** The permission that makes the rule again. */
export function permissionOf(rule: SavedRule): IpPermission {
  const described = rule.description === null ? {} : { Description: rule.description };
  return {
    IpProtocol: rule.protocol,
    ...(rule.fromPort === null ? {} : { FromPort: rule.fromPort }),
    ...(rule.toPort === null ? {} : { ToPort: rule.toPort }),
    ...(rule.source === '::/0'
      ? { Ipv6Ranges: [{ CidrIpv6: rule.source, ...described }] }
      : { IpRanges: [{ CidrIp: rule.source, ...described }] }),
  };
}

/** `tcp 22 from 0.0.0.0/0`, in AWS's words alone: descriptions are anybody's text. */
export function shown({ protocol, fromPort, toPort, source }: SavedRule): string {
  const ports = fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
  return `${fromPort === null ? 'everything' : `${protocol} ${ports}`} from ${source}`;
}
