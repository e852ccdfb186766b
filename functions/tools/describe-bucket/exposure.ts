import {
  GetBucketAclCommand,
  type GetBucketAclCommandOutput,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand as GetAccountPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { boundedList, boundedText } from '../../core/bounded.ts';
import { ourBucket, whereSet } from '../../core/bucket.ts';
import { leavesToAccessPoints, outsidersOf, policyConsumers } from '../../core/bucket-policy.ts';
import { type PublicAccess, publicAccessOf, strictest } from '../../core/public-access.ts';
import type { Acl, DescribedBucket, PolicyGrants } from './output.ts';
import type { Place, Reader } from './reads.ts';

const LISTED = 20;
const NO_SETTINGS = 'NoSuchPublicAccessBlockConfiguration';
const GROUPS = 'http://acs.amazonaws.com/groups/global/';

type Exposure = Pick<
  DescribedBucket,
  'publicAccessBlock' | 'policy' | 'acl' | 'publiclyReachable' | 'unread' | 'truncated'
>;

/** Who may come in from outside, by all that decides on it but the ACLs of objects and what access points say. */
export async function readExposure(place: Place, account: Reader): Promise<Exposure> {
  const [publicAccessBlock, granted, listed, objectOwnership] = await Promise.all([
    readBlock(place, account),
    readPolicy(place, account),
    account.send(new GetBucketAclCommand(ourBucket(place.name, account)), place.region),
    readOwnership(place, account),
  ]);
  const { effective } = publicAccessBlock;
  const { policy, truncated } = granted;
  const acl = aclOf(listed, objectOwnership, effective);
  return {
    publicAccessBlock,
    policy,
    acl,
    publiclyReachable: isOpenByPolicy(policy, effective) || isOpenByAcl(acl),
    unread: unreadOf(policy, acl, effective),
    truncated,
  };
}

async function readBlock(
  { name, region }: Place,
  account: Reader,
): Promise<DescribedBucket['publicAccessBlock']> {
  const ofBucket = account.send(new GetPublicAccessBlockCommand(ourBucket(name, account)), region);
  const ofAccount = account.send(new GetAccountPublicAccessBlockCommand({ AccountId: account.id }));
  const [own, above] = await Promise.all([whereSet(ofBucket, NO_SETTINGS), whereSet(ofAccount, NO_SETTINGS)]);
  const bucket = own ? publicAccessOf(own.PublicAccessBlockConfiguration) : null;
  const accounts = above ? publicAccessOf(above.PublicAccessBlockConfiguration) : null;
  return { bucket, account: accounts, effective: strictest(bucket, accounts) };
}

/** A policy that cannot be read as one counts as granting to everybody. */
async function readPolicy(
  { name, region }: Place,
  account: Reader,
): Promise<{ readonly policy: PolicyGrants | null; readonly truncated: boolean }> {
  const bucket = ourBucket(name, account);
  const answer = await whereSet(
    account.send(new GetBucketPolicyCommand(bucket), region),
    'NoSuchBucketPolicy',
  );
  if (answer?.Policy === undefined) return { policy: null, truncated: false };
  const status = await whereSet(
    account.send(new GetBucketPolicyStatusCommand(bucket), region),
    'NoSuchBucketPolicy',
  );
  const consumers = policyConsumers(answer.Policy);
  const outsiders = outsidersOf(answer.Policy, account.id) ?? [];
  const accounts = boundedList(outsiders.filter(isAccountId).toSorted(), LISTED);
  const services = boundedList((consumers?.named ?? []).filter(isService).toSorted(), LISTED);
  return {
    policy: {
      public: status?.PolicyStatus?.IsPublic ?? false,
      everybody: consumers?.everybody ?? true,
      leftToAccessPoints: leavesToAccessPoints(answer.Policy),
      accounts: accounts.items,
      services: services.items.map((service) => boundedText(service)),
      others: outsiders.filter((one) => !isAccountId(one)).length,
    },
    truncated: accounts.truncated || services.truncated,
  };
}

function isAccountId(principal: string): boolean {
  return /^\d{12}$/.test(principal);
}

function isService(principal: string): boolean {
  return /\.amazonaws\.com(\.cn)?$/.test(principal);
}

async function readOwnership({ name, region }: Place, account: Reader): Promise<Acl['objectOwnership']> {
  const answer = await whereSet(
    account.send(new GetBucketOwnershipControlsCommand(ourBucket(name, account)), region),
    'OwnershipControlsNotFoundError',
  );
  return answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? null;
}

function aclOf(
  { Owner: owner, Grants: grants = [] }: GetBucketAclCommandOutput,
  objectOwnership: Acl['objectOwnership'],
  { ignorePublicAcls }: PublicAccess,
): Acl {
  const toGroup = (group: string) =>
    grants
      .filter(({ Grantee: grantee }) => grantee?.URI === `${GROUPS}${group}`)
      .flatMap(({ Permission: permission }) => permission ?? [])
      .toSorted();
  const isOther = ({ Grantee: grantee }: (typeof grants)[number]) =>
    grantee?.URI === undefined ? grantee?.ID !== owner?.ID : !grantee.URI.startsWith(GROUPS);
  return {
    objectOwnership,
    countsForPublic: !ignorePublicAcls && objectOwnership !== 'BucketOwnerEnforced',
    allUsers: toGroup('AllUsers'),
    authenticatedUsers: toGroup('AuthenticatedUsers'),
    otherGrants: grants.filter(isOther).length,
  };
}

function isOpenByPolicy(policy: PolicyGrants | null, { restrictPublicBuckets }: PublicAccess): boolean {
  return (policy?.public ?? false) && !restrictPublicBuckets;
}

/** S3 calls both groups public, also for the permission to read the ACL alone. */
function isOpenByAcl({ countsForPublic, allUsers, authenticatedUsers }: Acl): boolean {
  return countsForPublic && allUsers.length + authenticatedUsers.length > 0;
}

/** An access point can let the public in only where the bucket's policy allows it too. */
function unreadOf(
  policy: PolicyGrants | null,
  { countsForPublic }: Acl,
  { restrictPublicBuckets }: PublicAccess,
): DescribedBucket['unread'] {
  const isLeft = (policy?.leftToAccessPoints ?? false) && !restrictPublicBuckets;
  return [
    ...(countsForPublic ? (['ACLs of objects'] as const) : []),
    ...(isLeft ? (['policies of access points'] as const) : []),
  ];
}
