import { CreateNetworkAclEntryCommand, DeleteNetworkAclEntryCommand } from '@aws-sdk/client-ec2';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { instances, network, TARGET } from './seeds.ts';

export const ACL = 'acl-0a000000000000001';
const OTHER = 'acl-0b000000000000001';
export const ATTACKER = '203.0.113.99/32';
export const open = { ruleNumber: 100, cidrBlock: '0.0.0.0/0' };
export const openIpv6 = { ruleNumber: 101, ipv6CidrBlock: '::/0' };

/** The subnet's list with the entries of a case, and the neighbour VPC's list. */
export function guarded(entries: readonly object[] = [open], acl: object = {}, ec2: object = {}) {
  const vpcId = 'vpc-0a000000000000001';
  return {
    ec2: {
      ...network(),
      instances: instances(),
      networkAcls: [
        { networkAclId: ACL, vpcId, subnets: ['subnet-0a000000000000001'], entries, ...acl },
        { networkAclId: OTHER, vpcId, isDefault: true },
      ],
      prefixLists: [
        {
          prefixListId: 'pl-0a000000000000001',
          prefixListName: `com.amazonaws.${REGION}.route53-healthchecks`,
          entries: ['15.177.0.0/18'],
        },
        {
          prefixListId: 'pl-0a000000000000002',
          prefixListName: `com.amazonaws.${REGION}.ipv6.route53-healthchecks`,
          entries: ['2600:1f14::/35'],
        },
      ],
      ...ec2,
    },
  };
}

const common = {
  target: target('instance', TARGET),
  params: { cidr: ATTACKER },
  innocent: ({ regions }) => [
    regions[REGION]?.ec2.networkAcls[OTHER],
    regions[REGION]?.ec2.networkAcls[ACL]?.entries.filter((entry) => entry.ruleNumber >= 100),
    regions[REGION]?.ec2.instances,
    regions[REGION]?.ec2.networkInterfaces,
    regions[REGION]?.ec2.tags,
  ],
  trespasses: () => [
    new CreateNetworkAclEntryCommand({
      NetworkAclId: OTHER,
      RuleNumber: 1,
      Egress: false,
      Protocol: '-1',
      RuleAction: 'allow',
      CidrBlock: '0.0.0.0/0',
    }),
    new DeleteNetworkAclEntryCommand({ NetworkAclId: OTHER, RuleNumber: 100, Egress: false }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'an instance behind a list that lets everybody in', seed: guarded() },
  {
    ...common,
    name: 'an interface, whose list has taken the numbers next to its first allow',
    target: target('network-interface', 'eni-0a000000000000002'),
    seed: guarded([
      open,
      { ruleNumber: 99, ruleAction: 'deny', cidrBlock: '198.51.100.7/32' },
      { ruleNumber: 98, ruleAction: 'deny', protocol: '6', fromPort: 22, toPort: 22, cidrBlock: ATTACKER },
    ]),
  },
  {
    ...common,
    name: 'an address of IPv6, on the way out',
    params: { cidr: '2001:db8::7/128', direction: 'egress' },
    seed: guarded([open, openIpv6, { ...openIpv6, ruleNumber: 100, egress: true }]),
  },
  {
    ...common,
    name: 'a protected list that a stack keeps',
    seed: guarded([open], { tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'net' } }),
  },
];
