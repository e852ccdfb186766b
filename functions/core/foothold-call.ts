import * as z from 'zod';

/** Calls of IAM that leave whoever makes them another way in. The closed set that entities, tools and actions speak of. */
export const FootholdCall = z.enum([
  'CreateAccessKey',
  'CreateLoginProfile',
  'CreateRole',
  'CreateUser',
  'UpdateAssumeRolePolicy',
  'UpdateLoginProfile',
]);
export type FootholdCall = z.infer<typeof FootholdCall>;
