import * as z from 'zod';
import { PublicAccess } from '../../core/public-access.ts';

const AccountIds = z.array(z.string().regex(/^\d{12}$/));
const Count = z.number().int().nonnegative();

/** Whom the policy's Allow statements name, whatever their conditions. */
export const PolicyGrants = z.strictObject({
  /** As S3 itself judges the policy: it grants something to everybody without a condition that fixes who that is. */
  public: z.boolean(),
  everybody: z.boolean(),
  /** It leaves the decision to access points, whose policies are not read. */
  leftToAccessPoints: z.boolean(),
  /** Other accounts. */
  accounts: AccountIds,
  services: z.array(z.string()),
  /** Principals outside the account that are no account's: canonical users, identity providers, deleted ones. */
  others: Count,
});
export type PolicyGrants = z.infer<typeof PolicyGrants>;

/** Null is the ownership of a bucket that is older than the setting, which leaves ACLs on. */
const ObjectOwnership = z.enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']).nullable();
const AclPermission = z.enum(['FULL_CONTROL', 'READ', 'READ_ACP', 'WRITE', 'WRITE_ACP']);

export const Acl = z.strictObject({
  objectOwnership: ObjectOwnership,
  /** Whether ACLs of the bucket and of its objects count for the public. */
  countsForPublic: z.boolean(),
  allUsers: z.array(AclPermission),
  /** Anybody with an AWS account. */
  authenticatedUsers: z.array(AclPermission),
  /** Grants to others than the owner and these groups. */
  otherGrants: Count,
});
export type Acl = z.infer<typeof Acl>;

/** What `describe-bucket` answers. */
export const DescribedBucket = z.strictObject({
  region: z.string(),
  createdAt: z.string(),
  publicAccessBlock: z.strictObject({
    bucket: PublicAccess.nullable(),
    account: PublicAccess.nullable(),
    effective: PublicAccess,
  }),
  policy: PolicyGrants.nullable(),
  acl: Acl,
  publiclyReachable: z.boolean(),
  /** What may let the public in besides, and was not read. */
  unread: z.array(z.enum(['ACLs of objects', 'policies of access points'])),
  website: z.boolean(),
  versioning: z.enum(['Enabled', 'Suspended', 'never enabled']),
  mfaDelete: z.boolean(),
  replication: z.strictObject({ rules: Count, otherAccounts: AccountIds }),
  accessPoints: z.strictObject({ internet: Count, vpc: Count }),
  encryption: z.strictObject({
    algorithm: z.string(),
    /** The account whose key it is, where that is not the bucket's own: whoever owns the key can lock the data. */
    keyOfOtherAccount: z.string().nullable(),
  }),
  serverAccessLogging: z.boolean(),
  protected: z.boolean(),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  truncated: z.boolean(),
});
export type DescribedBucket = z.infer<typeof DescribedBucket>;
