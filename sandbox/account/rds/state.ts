export interface DbInstanceState {
  readonly dbInstanceIdentifier: string;
  /** Never given to another instance, unlike the name. */
  readonly dbiResourceId: string;
  readonly dbInstanceClass: string;
  readonly engine: string;
  /** `available`, `modifying`, `stopped`, …: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html */
  status: string;
  publiclyAccessible: boolean;
  readonly dbClusterIdentifier?: string | undefined;
  /** This and what follows is AWS's default, or nowhere, where it is absent. */
  readonly port?: number | undefined;
  readonly vpcId?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroups?: readonly string[] | undefined;
  readonly storageEncrypted?: boolean | undefined;
  readonly iamAuthentication?: boolean | undefined;
  readonly deletionProtection?: boolean | undefined;
  readonly multiAz?: boolean | undefined;
  readonly backupRetentionPeriod?: number | undefined;
  readonly exportedLogs?: readonly string[] | undefined;
  /** The secret in which RDS itself keeps the master user's password. */
  readonly masterUserSecretArn?: string | undefined;
  /** Waits for the maintenance window, or for anybody's call with ApplyImmediately. */
  pendingInstanceClass?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface DbSnapshotState {
  readonly dbSnapshotIdentifier: string;
  readonly dbInstanceIdentifier: string;
  readonly snapshotType: 'manual' | 'automated';
  readonly encrypted: boolean;
  status: string;
  /** Accounts that may restore it, and `all`; sorted. */
  restore: string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** One region's databases and their snapshots, by name. */
export interface RdsState {
  readonly instances: Record<string, DbInstanceState>;
  readonly snapshots: Record<string, DbSnapshotState>;
}

export function emptyRdsState(): RdsState {
  return { instances: {}, snapshots: {} };
}
