import {
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketWebsiteCommand,
} from '@aws-sdk/client-s3';
import { ListAccessPointsCommand } from '@aws-sdk/client-s3-control';
import { ourBucket, whereSet } from '../../core/bucket.ts';
import { accessPoints } from '../../core/bucket-consumers.ts';
import { outsidersOf } from '../../core/bucket-policy.ts';
import type { Consequence } from '../../core/plan.ts';
import type { Reader } from './settings.ts';

/** Who reaches the bucket from outside, as far as S3 says it without reading every object's ACL. */
export async function blastRadius(bucket: string, account: Reader): Promise<readonly Consequence[]> {
  const website = await whereSet(
    account.send(new GetBucketWebsiteCommand(ourBucket(bucket, account))),
    'NoSuchWebsiteConfiguration',
  );
  const isPublic = await hasPublicPolicy(bucket, account);
  return [
    {
      what: 'static websites that the bucket serves, which answer nobody outside any more',
      count: website ? 1 : 0,
      evidence: 'GetBucketWebsite',
    },
    {
      what: 'bucket policies that grant to everybody, and count for this account alone from then on',
      count: isPublic ? 1 : 0,
      evidence: 'GetBucketPolicyStatus',
    },
    {
      what: 'other accounts and outside principals that such a policy names, which are shut out with it',
      count: isPublic ? await countOutsiders(bucket, account) : 0,
      evidence: 'GetBucketPolicy',
    },
    ...(await accessPoints('whose public policies let nobody from outside in any more', () =>
      account.send(new ListAccessPointsCommand({ AccountId: account.id, Bucket: bucket })),
    )),
    {
      what: 'objects that an ACL of their own shows to everybody',
      count: null,
      evidence: 'not available: ACLs of objects are not read',
    },
    {
      what: 'callers that read or wrote objects in the last 24 h',
      count: null,
      evidence: "not available: data events are not in CloudTrail's event history",
    },
  ];
}

async function hasPublicPolicy(bucket: string, account: Reader): Promise<boolean> {
  const answer = await whereSet(
    account.send(new GetBucketPolicyStatusCommand(ourBucket(bucket, account))),
    'NoSuchBucketPolicy',
  );
  return answer?.PolicyStatus?.IsPublic ?? false;
}

async function countOutsiders(bucket: string, account: Reader): Promise<number | null> {
  const answer = await whereSet(
    account.send(new GetBucketPolicyCommand(ourBucket(bucket, account))),
    'NoSuchBucketPolicy',
  );
  return outsidersOf(answer?.Policy ?? '', account.id)?.length ?? null;
}
