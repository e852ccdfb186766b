import * as z from 'zod';

/** What the owner knows of the account and nobody can measure: `policies/environment.yaml`. */
export const OwnEnvironment = z.strictObject({
  /** Where the owner's people and systems call AWS from, as CIDR blocks. */
  networks: z.array(z.union([z.cidrv4(), z.cidrv6()])).max(50),
  /** The S3 bucket that flow logs and the log of model calls go to; null where there is none. */
  logBucket: z
    .string()
    .regex(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of an S3 bucket')
    .nullable(),
});
export type OwnEnvironment = z.infer<typeof OwnEnvironment>;

/** What rules and models know of their surroundings: the owner's, and what the deployment says. */
export interface Surroundings extends OwnEnvironment {
  /** The account that evidence may be given to; null where none is configured. */
  readonly forensicsAccount: string | null;
}
