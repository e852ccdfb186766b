import { AuthorizeSecurityGroupIngressCommand, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { instances, network } from './seeds.ts';

export const GROUP = 'sg-0c000000000000001';
const OTHER = 'sg-0a000000000000001';

/** Two instances' neighbour: a group with the rules that a case needs, besides one from inside. */
export function groupWith(ingress: readonly object[], more: object = {}) {
  const inside = { port: 22, cidr: '10.0.0.0/16', description: 'inside' };
  const group = { groupId: GROUP, groupName: 'admin', vpcId: 'vpc-0a000000000000001', ...more };
  return { ec2: { ...network([{ ...group, ingress: [inside, ...ingress] }]), instances: instances() } };
}

/** Everything but the ids of the group's rules and their order, which means nothing. */
function restorable({ iam, regions }: AccountState): unknown {
  const { securityGroups: groups = {}, tags = {}, ...ec2 } = regions[REGION]?.ec2 ?? {};
  const { rules = [], ...group } = groups[GROUP] ?? {};
  const contents = rules.map(({ securityGroupRuleId: _lost, ...rule }) => JSON.stringify(rule, sorted));
  const ownTags = Object.entries(tags).filter(([id]) => !id.startsWith('sgr-'));
  return [iam, ec2, { ...groups, [GROUP]: group }, contents.sort(), ownTags];
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)));
}

const common = {
  target: target('security-group', GROUP),
  restorable,
  innocent: ({ regions }) => [
    regions[REGION]?.ec2.securityGroups[OTHER],
    regions[REGION]?.ec2.securityGroups[GROUP]?.rules.filter((rule) => rule.cidrIpv4 === '10.0.0.0/16'),
    regions[REGION]?.ec2.securityGroups[GROUP]?.rules.filter((rule) => rule.isEgress),
    regions[REGION]?.ec2.networkInterfaces,
  ],
  trespasses: () => [
    new RevokeSecurityGroupIngressCommand({
      GroupId: OTHER,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    }),
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: OTHER,
      IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'remote desktop for everybody, of both address families',
    params: { port: 3389 },
    seed: groupWith([
      { port: 3389, cidr: '0.0.0.0/0', description: 'temporary; do not touch' },
      { port: 3389, cidrIpv6: '::/0' },
      { port: 443, cidr: '0.0.0.0/0' },
    ]),
  },
  {
    ...common,
    name: 'a range in which the port lies, and a rule for everything',
    params: { port: 22 },
    seed: groupWith([
      { fromPort: 0, toPort: 65_535, cidr: '0.0.0.0/0' },
      { protocol: '-1', cidrIpv6: '::/0' },
    ]),
  },
  {
    ...common,
    name: 'no port named: the web stays open',
    seed: groupWith([
      { port: 80, cidr: '0.0.0.0/0' },
      { port: 443, cidrIpv6: '::/0' },
      { protocol: 'udp', port: 53, cidr: '0.0.0.0/0' },
      { protocol: 'icmp', fromPort: 8, toPort: -1, cidr: '0.0.0.0/0' },
    ]),
  },
];
