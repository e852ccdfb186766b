import * as z from 'zod';
import type { Cloud } from '../account/cloud.ts';
import { resolverState } from '../account/route53resolver/state.ts';
import type { Stack } from '../template/stack.ts';

const ListProperties = z.looseObject({
  Name: z.string(),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
});

/**
 * Puts the template's domain lists into the account that it is deployed into, empty. One of that name stays as it is: it
 * was deployed before, or the seed says what it holds.
 */
export function deployDomainLists(cloud: Cloud, stack: Stack): void {
  const { account, region } = stack.place;
  const { domainLists } = resolverState(cloud, account, region);
  for (const { ref: id, properties } of stack.ofType(
    'AWS::Route53Resolver::FirewallDomainList',
    ListProperties,
  )) {
    const { Name: name, Tags } = properties;
    if (Object.values(domainLists).some((list) => list.name === name)) continue;
    const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
    domainLists[id] = { id, name, status: 'COMPLETE', domains: [], tags };
  }
}
