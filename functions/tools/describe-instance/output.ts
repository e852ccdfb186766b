import * as z from 'zod';
import { OpenRule } from '../../core/open-rules.ts';

/** What `describe-instance` answers. */
export const DescribedInstance = z.strictObject({
  instanceId: z.string(),
  state: z.string(),
  type: z.string(),
  image: z.string(),
  launchedAt: z.string(),
  vpc: z.string(),
  subnet: z.string(),
  publicAddress: z.string().nullable(),
  privateAddress: z.string().nullable(),
  interfaces: z.array(
    z.strictObject({
      id: z.string(),
      subnet: z.string(),
      publicAddress: z.string().nullable(),
      privateAddress: z.string().nullable(),
      groups: z.array(z.string()),
    }),
  ),
  routesToInternet: z.boolean(),
  openRules: z.array(OpenRule),
  internetReachable: z.boolean(),
  /** IMDSv2 only: a server-side request forgery cannot read the role's credentials. */
  metadataTokensRequired: z.boolean(),
  role: z.strictObject({ name: z.string(), arn: z.string() }).nullable(),
  volumes: z.number().int().nonnegative(),
  protected: z.boolean(),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  truncated: z.boolean(),
});
export type DescribedInstance = z.infer<typeof DescribedInstance>;
