import * as z from 'zod';
import { policyDocument } from './policy-document.ts';

const accountId = z.string().regex(/^\d{12}$/, 'expected an account id of 12 digits');

const policy = z.strictObject({
  id: z.string().regex(/^p-[0-9a-zA-Z_]{8,128}$/, 'expected an id such as p-0a0a0a0a'),
  name: z.string().min(1).max(128),
  description: z.string().max(512).default(''),
  content: policyDocument,
  targets: z.array(accountId).default([]).describe('Accounts that it is attached to'),
  tags: z.record(z.string(), z.string()).default({}),
});

/** The organization that the account is a member of, with its service control policies. */
export const organizationSeed = z.strictObject({
  managementAccount: accountId.default('999988887777'),
  featureSet: z.enum(['ALL', 'CONSOLIDATED_BILLING']).default('ALL'),
  serviceControlPolicies: z.boolean().default(true).describe('Whether the policy type is enabled'),
  administers: z.boolean().default(true).describe('Whether the account may manage policies'),
  policies: z.array(policy).default([]).describe('Beside FullAWSAccess, which is attached everywhere'),
});
