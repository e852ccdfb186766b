/** The inputs and outputs of `schemas.ts`, as callers see them: an answer may leave any member out. */
export interface Page {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface FirewallDomainListMetadata {
  readonly Id?: string | undefined;
  readonly Arn?: string | undefined;
  readonly Name?: string | undefined;
  /** Whose list it is; absent for the account's own. */
  readonly ManagedOwnerName?: string | undefined;
}

export interface FirewallDomainList extends FirewallDomainListMetadata {
  readonly DomainCount?: number | undefined;
  readonly Status?: 'COMPLETE' | 'COMPLETE_IMPORT_FAILED' | 'IMPORTING' | 'DELETING' | 'UPDATING' | undefined;
  readonly StatusMessage?: string | undefined;
}

export interface FirewallRuleGroupAssociation {
  readonly Id?: string | undefined;
  readonly FirewallRuleGroupId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly Name?: string | undefined;
  readonly Priority?: number | undefined;
  readonly Status?: 'COMPLETE' | 'DELETING' | 'UPDATING' | undefined;
}

export interface FirewallRule {
  readonly FirewallRuleGroupId?: string | undefined;
  /** Absent for a rule of DNS Firewall Advanced. */
  readonly FirewallDomainListId?: string | undefined;
  readonly Name?: string | undefined;
  readonly Priority?: number | undefined;
  readonly Action?: 'ALLOW' | 'BLOCK' | 'ALERT' | undefined;
  /** The one type of query that it looks at; absent for all of them. */
  readonly Qtype?: string | undefined;
}

export interface ResolverRule {
  readonly Id?: string | undefined;
  readonly Arn?: string | undefined;
  /** With a dot at its end; `.` alone for every name. */
  readonly DomainName?: string | undefined;
  readonly RuleType?: 'FORWARD' | 'SYSTEM' | 'RECURSIVE' | 'DELEGATE' | undefined;
  readonly Name?: string | undefined;
}

export interface Tag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

export interface ListFirewallDomainListsOutput {
  readonly NextToken?: string | undefined;
  readonly FirewallDomainLists?: readonly FirewallDomainListMetadata[] | undefined;
}

export interface GetFirewallDomainListInput {
  readonly FirewallDomainListId: string | undefined;
}

export interface GetFirewallDomainListOutput {
  readonly FirewallDomainList?: FirewallDomainList | undefined;
}

/** A page has 5,000 domains at most. */
export interface ListFirewallDomainsInput extends Page {
  readonly FirewallDomainListId: string | undefined;
}

export interface ListFirewallDomainsOutput {
  readonly NextToken?: string | undefined;
  readonly Domains?: readonly string[] | undefined;
}

export interface UpdateFirewallDomainsInput {
  readonly FirewallDomainListId: string | undefined;
  readonly Operation: 'ADD' | 'REMOVE' | 'REPLACE' | undefined;
  /** 1,000 at most. */
  readonly Domains: readonly string[] | undefined;
}

export interface UpdateFirewallDomainsOutput {
  readonly Id?: string | undefined;
  readonly Name?: string | undefined;
  readonly Status?: FirewallDomainList['Status'];
  readonly StatusMessage?: string | undefined;
}

export interface ListFirewallRuleGroupAssociationsInput extends Page {
  readonly FirewallRuleGroupId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly Status?: FirewallRuleGroupAssociation['Status'];
}

export interface ListFirewallRuleGroupAssociationsOutput {
  readonly NextToken?: string | undefined;
  readonly FirewallRuleGroupAssociations?: readonly FirewallRuleGroupAssociation[] | undefined;
}

export interface ListFirewallRulesInput extends Page {
  readonly FirewallRuleGroupId: string | undefined;
  readonly Action?: FirewallRule['Action'];
}

export interface ListFirewallRulesOutput {
  readonly NextToken?: string | undefined;
  readonly FirewallRules?: readonly FirewallRule[] | undefined;
}

export interface ListResolverRulesOutput {
  readonly NextToken?: string | undefined;
  readonly ResolverRules?: readonly ResolverRule[] | undefined;
}

export interface ListTagsForResourceInput extends Page {
  readonly ResourceArn: string | undefined;
}

export interface ListTagsForResourceOutput {
  readonly Tags?: readonly Tag[] | undefined;
  readonly NextToken?: string | undefined;
}
