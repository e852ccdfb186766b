import {
  type Bucket,
  GetBucketPolicyStatusCommand,
  GetBucketWebsiteCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import { ourBucket, whereSet } from '../../core/bucket.ts';
import { hasName } from '../../core/named-error.ts';
import type { Consequence } from '../../core/plan.ts';
import type { Reader } from './settings.ts';

/** Two questions for each: what a plan may take of S3's patience, and of a Lambda's time. */
const ASKED = 50;
const AT_ONCE = 10;

/** What two questions found out about a bucket; null where its own policy, or its absence, gave no answer. */
interface Exposure {
  readonly isPublic: boolean | null;
  readonly isWebsite: boolean | null;
}

/** Every bucket counts, in every region; an account with too many of them is not measured but said to be large. */
export async function blastRadius(account: Reader): Promise<readonly Consequence[]> {
  const { Buckets: buckets = [], ContinuationToken: more } = await account.send(
    new ListBucketsCommand({ MaxBuckets: 1000 }),
  );
  const exposures = buckets.length <= ASKED ? await exposuresOf(buckets, account) : undefined;
  const count = (is: (exposure: Exposure) => boolean | null) => {
    const answers = exposures?.map(is);
    return answers && !answers.includes(null) ? answers.filter(Boolean).length : null;
  };
  const evidence = (call: string) =>
    exposures ? `${call} of each bucket` : `not available: more than ${ASKED} buckets are not asked`;
  return [
    {
      what: 'buckets of the account, in all regions',
      count: more === undefined ? buckets.length : null,
      evidence: 'ListBuckets',
    },
    {
      what: 'bucket policies that grant to everybody, and count for this account alone from then on',
      count: count(({ isPublic }) => isPublic),
      evidence: evidence('GetBucketPolicyStatus'),
    },
    {
      what: 'static websites, which answer nobody outside any more',
      count: count(({ isWebsite }) => isWebsite),
      evidence: evidence('GetBucketWebsite'),
    },
    {
      what: 'callers that read or wrote objects in the last 24 h',
      count: null,
      evidence: "not available: data events are not in CloudTrail's event history",
    },
  ];
}

async function exposuresOf(buckets: readonly Bucket[], account: Reader): Promise<readonly Exposure[]> {
  const exposures: Exposure[] = [];
  for (let from = 0; from < buckets.length; from += AT_ONCE)
    exposures.push(
      ...(await Promise.all(buckets.slice(from, from + AT_ONCE).map((bucket) => ask(bucket, account)))),
    );
  return exposures;
}

async function ask({ Name: name = '', BucketRegion: region }: Bucket, account: Reader): Promise<Exposure> {
  const named = ourBucket(name, account);
  const status = await known(
    whereSet(account.send(new GetBucketPolicyStatusCommand(named), region), 'NoSuchBucketPolicy'),
  );
  const website = await known(
    whereSet(account.send(new GetBucketWebsiteCommand(named), region), 'NoSuchWebsiteConfiguration'),
  );
  return {
    isPublic: status === null ? null : (status?.PolicyStatus?.IsPublic ?? false),
    isWebsite: website === null ? null : website !== undefined,
  };
}

/** One bucket that keeps its reader out, or was deleted meanwhile, must not keep the account from being protected. */
async function known<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (hasName(error, 'AccessDenied', 'NoSuchBucket')) return null;
    throw error;
  }
}
