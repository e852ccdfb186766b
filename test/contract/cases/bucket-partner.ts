import { GetObjectTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import type { BucketState } from '../../../sandbox/account/s3/state.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { ACCOUNT, REGION } from '../action-case.ts';
import { BUCKET, OTHER_ACCOUNT } from './buckets.ts';
import { allowing } from './seeds.ts';

export const PARTNER_KEY = 'AKIAPARTNER00000000A';
export const OWN_KEY = 'AKIAOWNUSER00000000A';

function user(userName: string, accessKeyId: string) {
  return {
    userName,
    path: '/',
    userId: `AIDA${userName.toUpperCase()}`,
    createDate: '2026-01-01T00:00:00Z',
    accessKeys: [
      { accessKeyId, secretAccessKey: 'any', status: 'Active' as const, createDate: '2026-01-01T00:00:00Z' },
    ],
    groups: [],
    mfaDevices: [],
    tags: {},
    inlinePolicies: { all: JSON.stringify(allowing('s3:*')) },
    attachedPolicies: [],
  };
}

export function bucket(name: string, region = REGION): BucketState {
  const creationDate = '2026-01-01T00:00:00Z';
  return {
    name,
    region,
    creationDate,
    tags: {},
    website: false,
    mfaDelete: false,
    replication: false,
    objects: {},
  };
}

/** A user of another account who may do anything in S3, as one of this account may; and buckets that are not ours. */
export function addPartner({ cloud }: AccountUnderTest): void {
  const partner = cloud.account(OTHER_ACCOUNT);
  partner.iam.users.partner = user('partner', PARTNER_KEY) as never;
  partner.s3 = { buckets: { 'partners-own': bucket('partners-own') } };
  const own = cloud.account(ACCOUNT);
  own.iam.users.own = user('own', OWN_KEY) as never;
  if (own.s3) own.s3.buckets['far-away'] = bucket('far-away', 'us-east-1');
}

/** Reads an object of the bucket that is acted on, as the holder of an access key. */
export async function readAs(accessKeyId: string, key = 'logo.svg'): Promise<unknown> {
  const client = new S3Client({ region: REGION, credentials: { accessKeyId, secretAccessKey: 'any' } });
  const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: key }));
  return TagSet;
}
