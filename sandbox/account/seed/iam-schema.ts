import * as z from 'zod';
import { policyDocument } from './policy-document.ts';
import { instant } from './time.ts';

const path = z
  .string()
  .regex(/^\/([\w+=,.@/-]+\/)?$/, 'expected a path such as / or /service/')
  .default('/');
const name = z.string().regex(/^[\w+=,.@-]{1,128}$/, 'expected 1 to 128 letters, digits or any of +=,.@_-');
const tags = z.record(z.string(), z.string()).default({});
const policyArn = z
  .string()
  .regex(/^arn:aws:iam::(aws|\d{12}):policy\/.+/, 'expected the ARN of a managed policy');
const createDate = instant.default('-P90D');

const policies = {
  inlinePolicies: z.record(name, policyDocument).default({}),
  attachedPolicies: z.array(policyArn).default([]),
};

const accessKey = z.strictObject({
  accessKeyId: z.string().regex(/^AKIA[A-Z0-9]{12,124}$/, 'expected AKIA and 12 or more capitals or digits'),
  secretAccessKey: z.string().min(1).default('sandbox').describe('Any text: signatures are not verified'),
  status: z.enum(['Active', 'Inactive']).default('Active'),
  createDate,
  lastUsed: z.strictObject({ date: instant, serviceName: z.string(), region: z.string() }).optional(),
});

/** Absent: one is made up. */
const uniqueId = (kind: 'AIDA' | 'AROA') =>
  z
    .string()
    .regex(new RegExp(`^${kind}[A-Z0-9]{12,124}$`), `expected ${kind} and 12 or more capitals or digits`)
    .optional();

const user = z.strictObject({
  userName: name,
  userId: uniqueId('AIDA'),
  path,
  createDate,
  passwordLastUsed: instant.optional(),
  accessKeys: z.array(accessKey).max(2).default([]),
  groups: z.array(name).default([]).describe('Names of groups of this account'),
  mfaDevices: z.array(z.strictObject({ serialNumber: z.string(), enableDate: instant })).default([]),
  loginProfile: z
    .strictObject({ createDate: instant, passwordResetRequired: z.boolean().default(false) })
    .optional(),
  permissionsBoundary: policyArn.optional(),
  tags,
  ...policies,
});

const role = z.strictObject({
  roleName: name,
  roleId: uniqueId('AROA'),
  path,
  createDate,
  description: z.string().optional(),
  trustPolicy: policyDocument,
  maxSessionDuration: z.int().min(3600).max(43_200).default(3600),
  permissionsBoundary: policyArn.optional(),
  tags,
  ...policies,
});

/** The identities of an account. */
export const iamSeed = z.strictObject({
  users: z.array(user).default([]),
  groups: z.array(z.strictObject({ groupName: name, path, createDate, ...policies })).default([]),
  roles: z.array(role).default([]),
  policies: z
    .array(z.strictObject({ policyName: name, path, createDate, document: policyDocument }))
    .default([])
    .describe('Customer managed policies; a few AWS managed ones exist by themselves'),
  instanceProfiles: z
    .array(z.strictObject({ instanceProfileName: name, path, createDate, role: name.optional() }))
    .default([]),
});

export type IamSeed = z.output<typeof iamSeed>;
