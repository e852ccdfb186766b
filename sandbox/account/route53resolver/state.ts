import type { FirewallDomainList, FirewallRule } from '../../../functions/resolver/shapes.ts';
import type { Cloud } from '../cloud.ts';

export interface DomainListState {
  readonly id: string;
  readonly name: string;
  status: NonNullable<FirewallDomainList['Status']>;
  /** As AWS writes them, with a dot at the end. */
  domains: readonly string[];
  /** Of a list that is not the account's own. */
  readonly managedOwnerName?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface RuleGroupState {
  readonly id: string;
  readonly name: string;
  readonly rules: readonly FirewallRule[];
  /** The VPCs that it is associated with. */
  vpcs: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface ForwardRuleState {
  readonly id: string;
  readonly name: string;
  /** With a dot at the end. */
  readonly domainName: string;
}

/** What Route 53 Resolver has in one region, by id. */
export interface ResolverState {
  readonly domainLists: Record<string, DomainListState>;
  readonly ruleGroups: Record<string, RuleGroupState>;
  readonly forwardRules: Record<string, ForwardRuleState>;
}

/** Made on first use: an account that was saved before it had any still loads. */
export function resolverState(cloud: Cloud, account: string, region: string): ResolverState {
  const state = cloud.region(account, region);
  state.route53resolver ??= { domainLists: {}, ruleGroups: {}, forwardRules: {} };
  return state.route53resolver;
}

/** AWS answers every name fully qualified, whatever it was given (https://github.com/hashicorp/terraform-provider-aws/issues/23543). */
export function fullyQualified(domain: string): string {
  return domain.endsWith('.') ? domain : `${domain}.`;
}
