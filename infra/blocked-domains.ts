import { CfnFirewallDomainList } from 'aws-cdk-lib/aws-route53resolver';
import type { Construct } from 'constructs';
import { blockedDomains } from '../functions/core/blocked-domains.ts';

/**
 * The domain list that the action block-domain alone writes into. The template names no domains, so that a deployment
 * takes none out.
 */
export function blockedDomainsList(scope: Construct): CfnFirewallDomainList {
  const { name, tag } = blockedDomains;
  return new CfnFirewallDomainList(scope, 'BlockedDomains', { name, tags: [tag] });
}
