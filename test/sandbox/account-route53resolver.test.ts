import { afterAll, beforeAll, beforeEach, expect, it, test } from 'vitest';
import { ResolverClient } from '../../functions/resolver/client.ts';
import {
  GetFirewallDomainListCommand,
  ListFirewallDomainListsCommand,
  ListFirewallDomainsCommand,
  ListFirewallRuleGroupAssociationsCommand,
  ListFirewallRulesCommand,
  ListResolverRulesCommand,
  ListTagsForResourceCommand,
  UpdateFirewallDomainsCommand,
} from '../../functions/resolver/commands.ts';
import { SeedError } from '../../sandbox/account/seed/error.ts';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, admin, type Fixture, region, startFixture, stolen } from './account-fixture.ts';

const LIST = 'rslvr-fdl-0a00000000000001';
const GROUP = 'rslvr-frg-0b00000000000001';
const ARN = `arn:aws:route53resolver:${region}:${account}:firewall-domain-list/${LIST}`;
const VPC = 'vpc-0a000000000000001';
const seed = {
  ec2: { vpcs: [{ vpcId: VPC, cidrBlock: '10.0.0.0/16' }] },
  route53resolver: {
    domainLists: [
      { id: LIST, name: 'blocked', domains: ['a.example', '*.b.example'], tags: { team: 'edge' } },
      { id: 'rslvr-fdl-0a00000000000002', name: 'malware', managedOwnerName: 'Somebody' },
    ],
    ruleGroups: [
      {
        id: GROUP,
        name: 'egress',
        vpcs: [VPC],
        rules: [
          { name: 'seen', action: 'ALERT', domainList: 'malware' },
          { name: 'out', domainList: 'blocked', qtype: 'A' },
        ],
      },
    ],
    forwardRules: [{ id: 'rslvr-rr-0c00000000000001', name: 'office', domainName: 'corp.example' }],
  },
};
let fixture: Fixture;
let fresh: CloudState;
let client: ResolverClient;
const { AWS_ENDPOINT_URL } = process.env;

const clientOf = (credentials = admin) =>
  new ResolverClient({ region, credentials, maxAttempts: 1, retryMode: 'standard' });

beforeAll(async () => {
  fixture = await startFixture({ seed });
  process.env.AWS_ENDPOINT_URL = fixture.server.endpoint;
  fresh = fixture.cloud.snapshot();
  client = clientOf();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(async () => {
  if (AWS_ENDPOINT_URL === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = AWS_ENDPOINT_URL;
  await fixture.server.close();
});

const FirewallDomainListId = LIST;
const update = (Operation: 'ADD' | 'REMOVE' | 'REPLACE' | undefined, ...Domains: string[]) =>
  client.send(new UpdateFirewallDomainsCommand({ FirewallDomainListId, Operation, Domains }));
const domains = async (page: object = {}) =>
  client.send(new ListFirewallDomainsCommand({ FirewallDomainListId, ...page }));

it('a list says how it is, and whose it is', async () => {
  const { FirewallDomainList } = await client.send(
    new GetFirewallDomainListCommand({ FirewallDomainListId }),
  );
  expect(FirewallDomainList).toEqual({
    ...{ Id: LIST, Arn: ARN, Name: 'blocked' },
    ...{ DomainCount: 2, Status: 'COMPLETE' },
  });
  const { FirewallDomainLists } = await client.send(new ListFirewallDomainListsCommand({}));
  expect(FirewallDomainLists?.map(({ Name, ManagedOwnerName }) => [Name, ManagedOwnerName])).toEqual([
    ['blocked', undefined],
    ['malware', 'Somebody'],
  ]);
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: ARN }));
  expect(Tags).toEqual([{ Key: 'team', Value: 'edge' }]);
});

it('a change is under way when it is answered, and every name has a dot at its end', async () => {
  expect(await update('ADD', 'c.example', 'a.example.')).toMatchObject({ Id: LIST, Status: 'UPDATING' });
  expect((await domains()).Domains).toEqual(['a.example.', '*.b.example.', 'c.example.']);
  await update('REMOVE', 'a.example', 'nowhere.example');
  expect((await domains()).Domains).toEqual(['*.b.example.', 'c.example.']);
  await update('REPLACE', 'd.example');
  expect((await domains()).Domains).toEqual(['d.example.']);
});

it('pages follow each other', async () => {
  const first = await domains({ MaxResults: 1 });
  const second = await domains({ MaxResults: 1, NextToken: first.NextToken });
  expect([first.Domains, second.Domains, second.NextToken]).toEqual([
    ['a.example.'],
    ['*.b.example.'],
    undefined,
  ]);
  await expect(domains({ NextToken: 'x' })).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(domains({ MaxResults: 5001 })).rejects.toMatchObject({ name: 'ValidationException' });
});

test.each([
  ['a name with an underscore', ['_dmarc.example']],
  ['a wildcard in the middle', ['a.*.example']],
  ['more than a thousand names', Array.from({ length: 1001 }, (_, at) => `n${at}.example`)],
])('%s is refused', async (_, names) => {
  await expect(update('ADD', ...names)).rejects.toMatchObject({ name: 'ValidationException' });
  expect((await domains()).Domains).toHaveLength(2);
});

it('a list that is being changed takes no other change', async () => {
  const list = fixture.cloud.region(account, region).route53resolver?.domainLists[LIST];
  Object.assign(list ?? {}, { status: 'UPDATING' });
  await expect(update('ADD', 'c.example')).rejects.toMatchObject({ name: 'ConflictException' });
});

it('rules are read with their VPCs, and by their action alone', async () => {
  const { FirewallRuleGroupAssociations } = await client.send(
    new ListFirewallRuleGroupAssociationsCommand({ Status: 'COMPLETE', VpcId: VPC }),
  );
  expect(FirewallRuleGroupAssociations).toMatchObject([{ FirewallRuleGroupId: GROUP, VpcId: VPC }]);
  const { FirewallRules } = await client.send(
    new ListFirewallRulesCommand({ FirewallRuleGroupId: GROUP, Action: 'BLOCK' }),
  );
  expect(FirewallRules).toEqual([
    {
      ...{ FirewallRuleGroupId: GROUP, FirewallDomainListId: LIST },
      ...{ Name: 'out', Priority: 2, Action: 'BLOCK', Qtype: 'A' },
    },
  ]);
});

it('names that are forwarded stand beside AWS’s own rule for all names', async () => {
  const { ResolverRules } = await client.send(new ListResolverRulesCommand({}));
  expect(ResolverRules?.map(({ DomainName, RuleType }) => [DomainName, RuleType])).toEqual([
    ['.', 'RECURSIVE'],
    ['corp.example.', 'FORWARD'],
  ]);
});

it('what is not there is not found, whatever it is called', async () => {
  const gone = { name: 'ResourceNotFoundException' };
  const id = '__proto__';
  await expect(
    client.send(new GetFirewallDomainListCommand({ FirewallDomainListId: id })),
  ).rejects.toMatchObject(gone);
  await expect(client.send(new ListFirewallRulesCommand({ FirewallRuleGroupId: id }))).rejects.toMatchObject(
    gone,
  );
  await expect(
    client.send(new ListTagsForResourceCommand({ ResourceArn: ARN.slice(0, -1) })),
  ).rejects.toMatchObject(gone);
});

it('a key without permissions reads nothing', async () => {
  await expect(clientOf(stolen).send(new ListFirewallDomainListsCommand({}))).rejects.toThrow(
    /not authorized/,
  );
});

test.each([
  ['a rule of a list that is not there', { rules: [{ name: 'out', domainList: 'nobody' }] }, 'a domain list'],
  ['a VPC that is not there', { vpcs: ['vpc-0a000000000000009'] }, 'a VPC'],
])('a seed with %s is refused', async (_, group, words) => {
  const [ruleGroup] = seed.route53resolver.ruleGroups;
  const route53resolver = { ...seed.route53resolver, ruleGroups: [{ ...ruleGroup, ...group }] };
  const started = startFixture({ seed: { ...seed, route53resolver } });
  await expect(started).rejects.toThrow(SeedError);
  await expect(started).rejects.toThrow(words);
});
