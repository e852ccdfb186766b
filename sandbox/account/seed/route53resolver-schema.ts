import * as z from 'zod';
import { parseDomainName } from '../../../functions/core/domain-name.ts';

const name = z
  .string()
  .regex(/^(?!\d+$)[\w' -]{1,64}$/, 'expected up to 64 letters, digits, spaces, -, _ or a quote');
const tags = z.record(z.string(), z.string()).default({});

function idOf(kind: string) {
  return z
    .string()
    .regex(new RegExp(`^rslvr-${kind}-[0-9a-z]{1,52}$`), `expected an id such as rslvr-${kind}-0123abcd`);
}

const domainList = z.strictObject({
  id: idOf('fdl'),
  name,
  status: z
    .enum(['COMPLETE', 'COMPLETE_IMPORT_FAILED', 'IMPORTING', 'DELETING', 'UPDATING'])
    .default('COMPLETE'),
  domains: z
    .array(
      z
        .string()
        .refine(
          (text) => parseDomainName(text.replace(/^\*\.?/, '')),
          'expected a domain such as c2.example.com or *.example.com',
        ),
    )
    .default([]),
  managedOwnerName: z.string().min(1).max(512).optional().describe('Whose list it is; absent for an own one'),
  tags,
});

const firewallRule = z
  .strictObject({
    name,
    action: z.enum(['ALLOW', 'BLOCK', 'ALERT']).default('BLOCK'),
    domainList: name,
    qtype: z.string().min(1).max(16).optional().describe('The one type of query that it looks at'),
  })
  .describe('Matches a name that the domain list holds; the first rule is the first that is asked');

const ruleGroup = z.strictObject({
  id: idOf('frg'),
  name,
  rules: z.array(firewallRule).default([]),
  vpcs: z.array(z.string().regex(/^vpc-[0-9a-f]{8,17}$/)).default([]),
  tags,
});

const forwardRule = z
  .strictObject({
    id: idOf('rr'),
    name,
    domainName: z
      .string()
      .refine((text) => text === '.' || parseDomainName(text), 'expected a domain, or . for all'),
  })
  .describe('Names that resolvers of a network of the owner answer');

/** Route 53 Resolver in one region. */
export const resolverSeed = z.strictObject({
  domainLists: z.array(domainList).default([]),
  ruleGroups: z.array(ruleGroup).default([]),
  forwardRules: z.array(forwardRule).default([]),
});
