import { GetIPSetCommand, UpdateIPSetCommand } from '@aws-sdk/client-wafv2';
import { type ActionCase, REGION, target } from '../action-case.ts';

export const SET = '0a000000-0000-4000-8000-000000000001';
export const SET_V6 = '0a000000-0000-4000-8000-000000000002';
const OTHER = '0a000000-0000-4000-8000-000000000003';
export const ACL = '0b000000-0000-4000-8000-000000000001';
export const ATTACKER = '203.0.113.99';
const V4 = 'sallyport-blocked-v4';
const V6 = 'sallyport-blocked-v6';
const OFFICE = 'office';

/** The two reserved sets and one of the owner's, and a web ACL that obeys the reserved ones. */
export function firewall(set: object = {}, webAcls: readonly object[] = [obeying()], ec2?: object) {
  return {
    wafv2: {
      ipSets: [
        { name: V4, id: SET, description: 'Kept by Sallyport', ...set },
        { name: V6, id: SET_V6, ipAddressVersion: 'IPV6', addresses: ['2001:db8:0:0:0:0:0:1/128'] },
        { name: OFFICE, id: OTHER, addresses: ['198.51.100.0/24'] },
      ],
      webAcls,
    },
    ...(ec2 ? { ec2 } : {}),
  };
}

export function obeying(acl: object = {}) {
  const rules = [
    { name: 'from-the-office', action: 'Allow', ipSets: [OFFICE] },
    { name: 'blocked', ipSets: [V4, V6] },
  ];
  return { name: 'shop', id: ACL, rules, ...acl };
}

const update = (Name: string, Id: string) =>
  new UpdateIPSetCommand({ Scope: 'REGIONAL', Name, Id, Addresses: [], LockToken: 'any' });

const common = {
  target: target('address', ATTACKER),
  innocent: ({ regions }) => {
    const { [SET]: v4, [SET_V6]: v6, ...others } = regions[REGION]?.wafv2?.ipSets ?? {};
    const stays = [v4, v6].map((set) => ({
      ...set,
      addresses: set?.addresses.filter((one) => !/^(203\.0\.113\.99|2001:db8::99)\//.test(one)),
    }));
    return [others, stays, regions[REGION]?.wafv2?.webAcls, regions[REGION]?.ec2];
  },
  trespasses: () => [
    update(OFFICE, OTHER),
    new GetIPSetCommand({ Scope: 'REGIONAL', Name: OFFICE, Id: OTHER }),
    update(V4, OTHER),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'an address beside those that somebody else blocked',
    seed: firewall({ addresses: ['192.0.2.44/32', '198.51.100.128/25'] }),
  },
  {
    ...common,
    name: 'an address of IPv6, spelled in full',
    target: target('address', '2001:0DB8:0000:0000:0000:0000:0000:0099'),
    seed: firewall(),
    trespasses: () => [...common.trespasses(), update(V4, SET)],
  },
  {
    ...common,
    name: 'a protected set without a description, which two web ACLs refer to and one only counts by',
    seed: firewall({ description: undefined, tags: { 'sallyport:protected': '', team: 'edge' } }, [
      obeying({ rules: [{ name: 'blocked', ipSets: [V4] }] }),
      obeying({ name: 'api', id: '0b000000-0000-4000-8000-000000000002' }),
      obeying({
        name: 'trial',
        id: '0b000000-0000-4000-8000-000000000003',
        rules: [{ name: 'counted', action: 'Count', ipSets: [V4] }],
      }),
    ]),
  },
  {
    ...common,
    name: 'where AWS keeps lists of its own addresses',
    seed: firewall({}, [obeying()], {
      prefixLists: [
        {
          prefixListId: 'pl-0a000000000000001',
          prefixListName: `com.amazonaws.${REGION}.route53-healthchecks`,
          entries: ['15.177.0.0/18'],
        },
      ],
    }),
  },
];
