import type { DescribedBucket } from '../../functions/tools/describe-bucket/output.ts';
import type { DescribedCluster } from '../../functions/tools/describe-cluster/output.ts';
import type { DescribedDatabase } from '../../functions/tools/describe-database/output.ts';
import type { DescribedFunction } from '../../functions/tools/describe-function/output.ts';
import type { DescribedServices } from '../../functions/tools/describe-service/output.ts';

export const blocked = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
const open = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

/** A bucket that everybody reads by its policy. */
export const publicBucket: DescribedBucket = {
  region: 'eu-central-1',
  createdAt: '2026-01-02T03:04:05.000Z',
  publicAccessBlock: { bucket: null, account: null, effective: open },
  policy: {
    public: true,
    everybody: true,
    leftToAccessPoints: false,
    accounts: ['444455556666'],
    services: [],
    others: 0,
  },
  acl: {
    objectOwnership: 'BucketOwnerEnforced',
    countsForPublic: false,
    allUsers: [],
    authenticatedUsers: [],
    otherGrants: 0,
  },
  publiclyReachable: true,
  unread: [],
  website: false,
  versioning: 'never enabled',
  mfaDelete: false,
  replication: { rules: 0, otherAccounts: [] },
  accessPoints: { internet: 0, vpc: 0 },
  encryption: { algorithm: 'AES256', keyOfOtherAccount: null },
  serverAccessLogging: false,
  protected: false,
  tags: [],
  truncated: false,
};
/** The same, with the bucket's own settings on. */
export const blockedBucket: DescribedBucket = {
  ...publicBucket,
  publicAccessBlock: { bucket: blocked, account: null, effective: blocked },
  publiclyReachable: false,
};
/** The same, with those of its account alone. */
export const accountBlockedBucket: DescribedBucket = {
  ...blockedBucket,
  publicAccessBlock: { bucket: null, account: blocked, effective: blocked },
};

export const publicDatabase: DescribedDatabase = {
  engine: 'postgres',
  status: 'available',
  cluster: null,
  port: 5432,
  vpc: 'vpc-0a000000000000001',
  publiclyAccessible: true,
  routesToInternet: true,
  openRules: [],
  internetReachable: true,
  storageEncrypted: true,
  iamAuthentication: false,
  managedPassword: false,
  deletionProtection: false,
  multiAz: false,
  backupDays: 7,
  exportedLogs: [],
  snapshots: { manual: 0, read: 0, public: 0, shared: 0 },
  protected: false,
  tags: [],
  truncated: false,
};
export const privateDatabase: DescribedDatabase = {
  ...publicDatabase,
  publiclyAccessible: false,
  internetReachable: false,
};

export const runningFunction: DescribedFunction = {
  invocableByAnybody: true,
  stopped: false,
  reservedConcurrency: null,
  invokers: [{ qualifier: null, statements: 1, anybody: true, outsiders: [] }],
  urls: [],
  eventSources: [],
  unread: ['policies of versions'],
  protected: false,
  tags: [],
  truncated: false,
};
export const stoppedFunction: DescribedFunction = {
  ...runningFunction,
  invocableByAnybody: false,
  stopped: true,
  reservedConcurrency: 0,
};

export const describedCluster: DescribedCluster = {
  status: 'ACTIVE',
  version: '1.33',
  role: 'arn:aws:iam::111122223333:role/eks',
  endpoint: { public: true, private: false, publicCidrs: ['0.0.0.0/0'] },
  internetReachable: true,
  authenticationMode: 'API',
  access: { entries: 1, administrators: [] },
  unread: [],
  logging: [],
  secretsEncrypted: false,
  protected: false,
  tags: [],
  truncated: false,
};

/** The task of a finding, which a service keeps running. */
export const taskOfService: DescribedServices = {
  cluster: 'shop',
  task: { status: 'RUNNING', startedByService: true },
  services: [],
  taskDefinitions: [],
  internetReachable: false,
  privileged: true,
  unread: [],
  protected: false,
  tags: [],
  truncated: false,
};
export const taskOfNobody: DescribedServices = {
  ...taskOfService,
  task: { status: 'RUNNING', startedByService: false },
};
