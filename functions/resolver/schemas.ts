import type { StaticListSchema, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

/**
 * What of Route 53 Resolver is used here, in the form of the SDK's own schemas: `[kind, namespace, name, traits, …]`, of a
 * structure its members, their types and how many of them, counted from the first, are required. The names are those of
 * the service's model, version 2018-04-01 (botocore, `data/route53resolver/2018-04-01/service-2.json`). Members that
 * nothing here reads are left out, and so are the errors: a client passes over what it does not know, and gives an error
 * its code for a name.
 */
const NAMESPACE = 'com.amazonaws.route53resolver';

/** Smithy's marks of simple types. */
const STRING = 0;
const INTEGER = 1;
const STRINGS = 64 | STRING;

type Members = Readonly<Record<string, StaticStructureSchema[5][number]>>;

function structure(name: string, members: Members, required = 0): StaticStructureSchema {
  return [3, NAMESPACE, name, 0, Object.keys(members), Object.values(members), required];
}

function listOf(name: string, member: StaticStructureSchema): StaticListSchema {
  return [1, NAMESPACE, name, 0, member];
}

/** `input` names its required members first. */
function operation(name: string, input: Members, required: number, output: Members): StaticOperationSchema {
  return [
    9,
    NAMESPACE,
    name,
    0,
    structure(`${name}Request`, input, required),
    structure(`${name}Response`, output),
  ];
}

const page = { MaxResults: INTEGER, NextToken: STRING };

const FirewallDomainListMetadata = structure('FirewallDomainListMetadata', {
  Id: STRING,
  Arn: STRING,
  Name: STRING,
  ManagedOwnerName: STRING,
});

const FirewallDomainList = structure('FirewallDomainList', {
  Id: STRING,
  Arn: STRING,
  Name: STRING,
  DomainCount: INTEGER,
  Status: STRING,
  StatusMessage: STRING,
  ManagedOwnerName: STRING,
});

const FirewallRuleGroupAssociation = structure('FirewallRuleGroupAssociation', {
  Id: STRING,
  FirewallRuleGroupId: STRING,
  VpcId: STRING,
  Name: STRING,
  Priority: INTEGER,
  Status: STRING,
});

const FirewallRule = structure('FirewallRule', {
  FirewallRuleGroupId: STRING,
  FirewallDomainListId: STRING,
  Name: STRING,
  Priority: INTEGER,
  Action: STRING,
  Qtype: STRING,
});

const ResolverRule = structure('ResolverRule', {
  Id: STRING,
  Arn: STRING,
  DomainName: STRING,
  RuleType: STRING,
  Name: STRING,
});

const Tag = structure('Tag', { Key: STRING, Value: STRING }, 2);

export const ListFirewallDomainLists$ = operation('ListFirewallDomainLists', page, 0, {
  NextToken: STRING,
  FirewallDomainLists: listOf('FirewallDomainListMetadataList', FirewallDomainListMetadata),
});

export const GetFirewallDomainList$ = operation(
  'GetFirewallDomainList',
  { FirewallDomainListId: STRING },
  1,
  { FirewallDomainList },
);

export const ListFirewallDomains$ = operation(
  'ListFirewallDomains',
  { FirewallDomainListId: STRING, ...page },
  1,
  { NextToken: STRING, Domains: STRINGS },
);

export const UpdateFirewallDomains$ = operation(
  'UpdateFirewallDomains',
  { FirewallDomainListId: STRING, Operation: STRING, Domains: STRINGS },
  3,
  { Id: STRING, Name: STRING, Status: STRING, StatusMessage: STRING },
);

export const ListFirewallRuleGroupAssociations$ = operation(
  'ListFirewallRuleGroupAssociations',
  { FirewallRuleGroupId: STRING, VpcId: STRING, Status: STRING, ...page },
  0,
  {
    NextToken: STRING,
    FirewallRuleGroupAssociations: listOf('FirewallRuleGroupAssociations', FirewallRuleGroupAssociation),
  },
);

export const ListFirewallRules$ = operation(
  'ListFirewallRules',
  { FirewallRuleGroupId: STRING, Action: STRING, ...page },
  1,
  { NextToken: STRING, FirewallRules: listOf('FirewallRules', FirewallRule) },
);

export const ListResolverRules$ = operation('ListResolverRules', page, 0, {
  NextToken: STRING,
  ResolverRules: listOf('ResolverRules', ResolverRule),
});

export const ListTagsForResource$ = operation('ListTagsForResource', { ResourceArn: STRING, ...page }, 1, {
  Tags: listOf('TagList', Tag),
  NextToken: STRING,
});
