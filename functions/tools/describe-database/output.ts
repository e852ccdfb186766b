import * as z from 'zod';
import { OpenRule } from '../../core/open-rules.ts';

const Count = z.number().int().nonnegative();

/** Who may restore the database's manual snapshots, which is all that can be shared of them. */
export const SharedSnapshots = z.strictObject({
  manual: Count,
  /** Of how many it was read; an encrypted one cannot be public, and is read last. */
  read: Count,
  public: Count,
  /** With accounts that are named. */
  shared: Count,
});
export type SharedSnapshots = z.infer<typeof SharedSnapshots>;

/** What `describe-database` answers. */
export const DescribedDatabase = z.strictObject({
  engine: z.string(),
  status: z.string(),
  /** The Aurora or Multi-AZ cluster that it belongs to. */
  cluster: z.string().nullable(),
  port: z.number().int().nullable(),
  vpc: z.string(),
  publiclyAccessible: z.boolean(),
  routesToInternet: z.boolean(),
  /** Of its security groups, those that let the whole internet in on its port. */
  openRules: z.array(OpenRule),
  internetReachable: z.boolean(),
  storageEncrypted: z.boolean(),
  iamAuthentication: z.boolean(),
  /** RDS keeps the master user's password in Secrets Manager, and can change it. */
  managedPassword: z.boolean(),
  deletionProtection: z.boolean(),
  multiAz: z.boolean(),
  /** 0 for no backups. */
  backupDays: Count,
  exportedLogs: z.array(z.string()),
  snapshots: SharedSnapshots,
  protected: z.boolean(),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  truncated: z.boolean(),
});
export type DescribedDatabase = z.infer<typeof DescribedDatabase>;
