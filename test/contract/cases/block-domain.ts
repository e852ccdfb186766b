import {
  GetFirewallDomainListCommand,
  ListFirewallDomainsCommand,
  UpdateFirewallDomainsCommand,
} from '../../../functions/resolver/commands.ts';
import { type ActionCase, REGION, target } from '../action-case.ts';

export const LIST = 'rslvr-fdl-0a00000000000001';
const OTHER = 'rslvr-fdl-0a00000000000002';
const NAMESAKE = 'rslvr-fdl-0a00000000000000';
export const GROUP = 'rslvr-frg-0b00000000000001';
export const VPC = 'vpc-0a000000000000001';
export const OTHER_VPC = 'vpc-0a000000000000002';
export const C2 = 'c2.example.net';
const OURS = 'sallyport-blocked-domains';
const PARTNERS = 'partners';

/** The reserved list, one of the owner's, one of AWS's and somebody's under our name, and a rule group that obeys ours. */
export function firewall(list: object = {}, ruleGroups: readonly object[] = [obeying()], rest: object = {}) {
  return {
    ec2: {
      vpcs: [
        { vpcId: VPC, cidrBlock: '10.0.0.0/16' },
        { vpcId: OTHER_VPC, cidrBlock: '10.1.0.0/16' },
      ],
    },
    route53resolver: {
      domainLists: [
        { id: NAMESAKE, name: OURS, domains: [C2] },
        { id: LIST, name: OURS, tags: { 'sallyport:action': 'block-domain' }, ...list },
        { id: OTHER, name: PARTNERS, domains: ['partner.example.com', '*.partner.example.com'] },
        {
          id: 'rslvr-fdl-0a00000000000003',
          name: 'AWSManagedDomainsMalwareDomainList',
          managedOwnerName: 'Route 53 Resolver DNS Firewall',
        },
      ],
      ruleGroups,
      ...rest,
    },
  };
}

export function obeying(group: object = {}) {
  const rules = [
    { name: 'partners', action: 'ALLOW', domainList: PARTNERS },
    { name: 'blocked', domainList: OURS },
  ];
  return { id: GROUP, name: 'egress', rules, vpcs: [VPC], ...group };
}

const change = (FirewallDomainListId: string) =>
  new UpdateFirewallDomainsCommand({ FirewallDomainListId, Operation: 'REMOVE', Domains: [C2] });

const common = {
  target: target('domain', C2),
  innocent: ({ regions }) => {
    const { [LIST]: ours, ...others } = regions[REGION]?.route53resolver?.domainLists ?? {};
    const stays = { ...ours, domains: ours?.domains.filter((one) => one !== `${C2}.`) };
    return [others, stays, regions[REGION]?.route53resolver?.ruleGroups, regions[REGION]?.ec2];
  },
  trespasses: () => [
    change(OTHER),
    change(NAMESAKE),
    new GetFirewallDomainListCommand({ FirewallDomainListId: OTHER }),
    new ListFirewallDomainsCommand({ FirewallDomainListId: OTHER }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'a name beside those that somebody else blocked',
    seed: firewall({ domains: ['dropped.example.org', '*.c2.example.net'] }),
  },
  {
    ...common,
    name: 'a name as GuardDuty may spell it, with two VPCs and one whose rule only alerts',
    target: target('domain', 'C2.Example.NET.'),
    seed: firewall({}, [
      obeying({ vpcs: [VPC, OTHER_VPC] }),
      obeying({
        id: 'rslvr-frg-0b00000000000002',
        rules: [{ name: 'watched', action: 'ALERT', domainList: OURS }],
      }),
    ]),
  },
  {
    ...common,
    name: 'a protected list, where other names are forwarded to the owner’s own resolvers',
    seed: firewall({ tags: { 'sallyport:action': 'block-domain', 'sallyport:protected': '' } }, [obeying()], {
      forwardRules: [
        { id: 'rslvr-rr-0c00000000000001', name: 'head office', domainName: 'corp.example.com' },
      ],
    }),
  },
];
