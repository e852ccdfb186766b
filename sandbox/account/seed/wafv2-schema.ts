import * as z from 'zod';
import { parseNetwork } from '../../../functions/core/network.ts';

const name = z.string().regex(/^[\w-]{1,128}$/, 'expected up to 128 letters, digits, - or _');
const id = z.uuid('expected a UUID, as WAF gives it');
const tags = z.record(z.string(), z.string()).default({});

const ipSet = z.strictObject({
  name,
  id,
  ipAddressVersion: z.enum(['IPV4', 'IPV6']).default('IPV4'),
  addresses: z
    .array(z.string().refine((text) => parseNetwork(text), 'expected a range such as 203.0.113.7/32'))
    .default([]),
  description: z.string().min(1).max(256).optional(),
  tags,
});

const rule = z
  .strictObject({
    name,
    action: z.enum(['Allow', 'Block', 'Count']).default('Block'),
    ipSets: z.array(name).min(1),
  })
  .describe('Matches an address that one of the IP sets holds; the first rule is the first that is asked');

const webAcl = z.strictObject({
  name,
  id,
  defaultAction: z.enum(['Allow', 'Block']).default('Allow'),
  rules: z.array(rule).default([]),
  tags,
});

/** The web ACLs of one region and the IP sets that their rules refer to; none of CloudFront's. */
export const wafSeed = z.strictObject({
  ipSets: z.array(ipSet).default([]),
  webAcls: z.array(webAcl).default([]),
});

export type WafSeed = z.output<typeof wafSeed>;
