import { makeBuilder } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { MetadataBearer, StaticOperationSchema } from '@smithy/types';
import type { ResolverConfig } from './config.ts';
import * as schemas from './schemas.ts';
import type * as shapes from './shapes.ts';

const command = makeBuilder<ResolverConfig, object, MetadataBearer>(
  {
    UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
    Endpoint: { type: 'builtInParams', name: 'endpoint' },
    Region: { type: 'builtInParams', name: 'region' },
    UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
  },
  'Route53Resolver',
  'ResolverClient',
  getEndpointPlugin,
);

/** The class of an operation's commands, as the SDK's generator builds it. */
function commandOf<Input extends object, Output extends object>(schema: StaticOperationSchema) {
  return command<Input, Output & MetadataBearer>({}, () => [], schema[2], schema);
}

export class ListFirewallDomainListsCommand extends commandOf<
  shapes.Page,
  shapes.ListFirewallDomainListsOutput
>(schemas.ListFirewallDomainLists$) {}

export class GetFirewallDomainListCommand extends commandOf<
  shapes.GetFirewallDomainListInput,
  shapes.GetFirewallDomainListOutput
>(schemas.GetFirewallDomainList$) {}

export class ListFirewallDomainsCommand extends commandOf<
  shapes.ListFirewallDomainsInput,
  shapes.ListFirewallDomainsOutput
>(schemas.ListFirewallDomains$) {}

export class UpdateFirewallDomainsCommand extends commandOf<
  shapes.UpdateFirewallDomainsInput,
  shapes.UpdateFirewallDomainsOutput
>(schemas.UpdateFirewallDomains$) {}

export class ListFirewallRuleGroupAssociationsCommand extends commandOf<
  shapes.ListFirewallRuleGroupAssociationsInput,
  shapes.ListFirewallRuleGroupAssociationsOutput
>(schemas.ListFirewallRuleGroupAssociations$) {}

export class ListFirewallRulesCommand extends commandOf<
  shapes.ListFirewallRulesInput,
  shapes.ListFirewallRulesOutput
>(schemas.ListFirewallRules$) {}

export class ListResolverRulesCommand extends commandOf<shapes.Page, shapes.ListResolverRulesOutput>(
  schemas.ListResolverRules$,
) {}

export class ListTagsForResourceCommand extends commandOf<
  shapes.ListTagsForResourceInput,
  shapes.ListTagsForResourceOutput
>(schemas.ListTagsForResource$) {}
