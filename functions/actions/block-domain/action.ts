import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import type { Consequence } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { addDomain, findList, holds, readDomains, removeDomain } from './domain-list.ts';
import { foreignDomain } from './foreign-domain.ts';
import { beforeOf, permissions, reads, writes } from './operations.ts';
import { readVpcs } from './vpcs.ts';

/**
 * Puts one domain name into the list that the owner's rules of Route 53 Resolver DNS Firewall block. Which VPCs obey,
 * and with which rule before or after, stays the owner's own decision: the list alone is written.
 */
export const blockDomain = defineAction({
  id: 'block-domain',
  title: 'Block a domain name by DNS Firewall',
  targets: ['domain'],
  danger: 'medium',
  family: 'network',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions,

  async plan(target, _params, account) {
    const domain = await foreignDomain(target.id, account);
    const { domainList, tags } = await findList(account);
    if (holds(await readDomains(domainList, account), domain))
      throw new NothingToDoError(`domain ${domain}`, `is in domain list ${domainList.name}`);
    const vpcs = await readVpcs(domainList.id, account);
    if (vpcs.length === 0)
      throw new WrongStateError(
        `domain list ${domainList.name}`,
        'in no rule that blocks, of a rule group that is associated with a VPC',
        `add one with the action BLOCK that refers to ${domainList.id}, for every type of query`,
      );
    return {
      before: { domainList, domain, vpcs: [...vpcs] },
      expected: { blocked: domain },
      change: `Domain list ${domainList.name} gets ${domain}: DNS Firewall blocks queries for this one name in ${vpcs.length} VPC(s) of this region, but for what an earlier rule allows. Names below it, other resolvers, and whoever knows an address already still get through.`,
      undo: `Take ${domain} out of domain list ${domainList.name} again; what else it holds stays.`,
      cannotRestore: [],
      blastRadius: blastRadius(vpcs.length),
      protectedTarget: isProtected(tags),
      observed: { id: target.id },
    };
  },

  async execute(planned, account) {
    const { domainList, domain } = beforeOf(planned);
    await addDomain(domainList, domain, account);
  },

  async verify(planned, account) {
    const { domainList, domain, vpcs } = beforeOf(planned);
    const held = holds(await readDomains(domainList, account), domain);
    const now = await readVpcs(domainList.id, account);
    const stopped = vpcs.filter((vpc) => !now.includes(vpc)).length;
    return {
      status: held && stopped === 0 ? 'done' : 'not-done',
      observed: `Domain list ${domainList.name} ${held ? 'holds' : 'does not hold'} ${domain}; ${now.length} VPC(s) block what it holds, and ${stopped} of the plan no longer do`,
    };
  },

  async rollback(planned, account) {
    const { domainList, domain } = beforeOf(planned);
    try {
      await removeDomain(domainList, domain, account);
    } catch (error) {
      // With the list, the name went as well.
      if (!(error instanceof TargetNotFoundError)) throw error;
    }
  },
});

function blastRadius(vpcs: number): readonly Consequence[] {
  return [
    {
      what: 'VPCs in which nobody resolves the name any more',
      count: vpcs,
      evidence: 'ListFirewallRuleGroupAssociations, ListFirewallRules',
    },
    {
      what: 'who asks for the name in these VPCs',
      count: null,
      evidence: 'not available: query logs are not read',
    },
  ];
}
