import * as z from 'zod';

export const Trust = z.strictObject({
  principals: z.array(z.strictObject({ type: z.string(), value: z.string(), conditional: z.boolean() })),
  externalAccounts: z.array(z.string()),
  /** Every AWS principal in the world may assume it, without a condition. */
  anyone: z.boolean(),
  truncated: z.boolean(),
});
export type Trust = z.infer<typeof Trust>;

/** What `role-permissions` answers. */
export const PrincipalPermissions = z.strictObject({
  kind: z.enum(['role', 'user']),
  name: z.string(),
  arn: z.string(),
  createdAt: z.string(),
  /** Linked to an AWS service, which alone may change it. */
  serviceLinked: z.boolean(),
  /** Made by IAM Identity Center. */
  identityCenter: z.boolean(),
  protected: z.boolean(),
  permissionsBoundary: z.string().nullable(),
  /** Null for users, which nobody assumes. */
  trust: Trust.nullable(),
  attachedPolicies: z.array(z.strictObject({ name: z.string(), arn: z.string() })),
  inlinePolicies: z.array(z.string()),
  groups: z.array(z.string()),
  /** Some policy that was read allows every action on every resource. */
  administrator: z.boolean(),
  /** Some policy that was read allows a change of IAM by which one gains power. */
  changesIam: z.boolean(),
  /** Sources of permissions that were not read: both answers above may be too low. */
  unread: z.array(z.enum(['group policies', 'further policies', 'unreadable policies'])),
  truncated: z.boolean(),
});
export type PrincipalPermissions = z.infer<typeof PrincipalPermissions>;
