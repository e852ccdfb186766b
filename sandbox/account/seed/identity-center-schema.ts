import * as z from 'zod';

const accountId = z.string().regex(/^\d{12}$/, 'expected an account id of 12 digits');
const instanceId = 'ssoins-0a0a0a0a0a0a0a0a';

const user = z.strictObject({
  userId: z.uuid(),
  userName: z.string().min(1).max(128),
  groups: z.array(z.uuid()).default([]).describe('Ids of groups'),
});

const permissionSet = z.strictObject({
  arn: z.string().regex(/^arn:aws:sso:::permissionSet\/ssoins-[\w.-]{16}\/ps-[\w./-]{16}$/),
  name: z.string().regex(/^[\w+=,.@-]{1,32}$/, 'expected 1 to 32 letters, digits or any of +=,.@_-'),
  tags: z.record(z.string(), z.string()).default({}),
});

const assignment = z.strictObject({
  account: accountId,
  permissionSetArn: z.string(),
  principalType: z.enum(['USER', 'GROUP']).default('USER'),
  principalId: z.uuid(),
});

/** The IAM Identity Center of the account's region, as far as the account sees it. */
export const identityCenterSeed = z.strictObject({
  instanceArn: z.string().default(`arn:aws:sso:::instance/${instanceId}`),
  identityStoreId: z.string().default('d-0a0a0a0a0a'),
  ownerAccount: accountId.default('999988887777'),
  administers: z.boolean().default(true).describe('Whether the account may manage it'),
  polls: z.int().min(0).default(0).describe('How often a change is asked about before it is over'),
  fails: z.boolean().default(false).describe('Whether changes end as FAILED'),
  users: z.array(user).default([]),
  permissionSets: z.array(permissionSet).default([]),
  assignments: z.array(assignment).default([]),
});
