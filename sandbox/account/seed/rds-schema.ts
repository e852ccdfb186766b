import * as z from 'zod';

const name = z
  .string()
  .regex(/^[a-z](-?[a-z0-9]){0,62}$/, 'expected lower-case letters, digits and single hyphens');
const tags = z.record(z.string(), z.string()).default({});

const instance = z.strictObject({
  dbInstanceIdentifier: name,
  dbInstanceClass: z.string().default('db.t4g.medium'),
  engine: z.string().default('postgres'),
  status: z.string().default('available'),
  publiclyAccessible: z.boolean().default(false),
  dbClusterIdentifier: name.optional(),
  port: z.int().min(1150).max(65535).optional().describe("The engine's own when absent"),
  vpcId: z.string().startsWith('vpc-').optional(),
  subnetIds: z.array(z.string().startsWith('subnet-')).optional().describe('Of its subnet group'),
  securityGroups: z.array(z.string().startsWith('sg-')).optional(),
  storageEncrypted: z.boolean().optional(),
  iamAuthentication: z.boolean().optional(),
  deletionProtection: z.boolean().optional(),
  multiAz: z.boolean().optional(),
  backupRetentionPeriod: z.int().min(0).max(35).optional().describe('Days; 1 when absent, 0 for no backups'),
  exportedLogs: z.array(z.string()).optional().describe('Logs that go to CloudWatch'),
  masterUserSecretArn: z.string().startsWith('arn:').optional(),
  pendingInstanceClass: z.string().optional().describe('Waits for the maintenance window'),
  tags,
});

const snapshot = z.strictObject({
  dbSnapshotIdentifier: z
    .string()
    .regex(/^(rds:)?[a-z](-?[a-z0-9]){0,254}$/, 'expected lower-case letters, digits and single hyphens'),
  dbInstanceIdentifier: name,
  snapshotType: z.enum(['manual', 'automated']).default('manual'),
  encrypted: z.boolean().default(false),
  status: z.string().default('available'),
  restore: z
    .array(z.string().regex(/^(\d{12}|all)$/, 'expected an account id, or all'))
    .default([])
    .describe('Who else may restore it'),
  tags,
});

/** The databases of one region. */
export const rdsSeed = z.strictObject({
  instances: z.array(instance).default([]),
  snapshots: z.array(snapshot).default([]),
});
