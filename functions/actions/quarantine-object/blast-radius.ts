import {
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketWebsiteCommand,
} from '@aws-sdk/client-s3';
import { ListAccessPointsCommand } from '@aws-sdk/client-s3-control';
import { ourBucket, whereSet } from '../../core/bucket.ts';
import { accessPoints, copyingMarkers, grantedTo, toldOfMarkers } from '../../core/bucket-consumers.ts';
import type { Consequence } from '../../core/plan.ts';
import { measured } from '../../core/reach.ts';
import type { Reader, Version } from './versions.ts';

/** Who may miss the object: all who come to its bucket, as nobody's reads are recorded where a plan could see them. */
export async function blastRadius(
  bucket: string,
  versions: readonly Version[],
  rules: number,
  account: Reader,
): Promise<readonly Consequence[]> {
  const evidence = 'ListObjectVersions';
  return [
    { what: 'objects that are not found any more', count: 1, evidence },
    {
      what: 'older versions, which stay readable by their id as before',
      count: versions.filter((one) => !one.isMarker && !one.isLatest).length,
      evidence,
    },
    {
      what: 'lifecycle rules that delete versions, the hidden one too when its time comes',
      count: rules,
      evidence: 'GetBucketLifecycleConfiguration',
    },
    ...(await consumers(bucket, account)),
    {
      what: 'programs and people that read the object in the last 24 h',
      count: null,
      evidence: "not available: data events are not in CloudTrail's event history",
    },
  ];
}

async function consumers(bucket: string, account: Reader): Promise<readonly Consequence[]> {
  const named = ourBucket(bucket, account);
  const readings = await Promise.all([
    measured('principals whom the policy of the bucket lets in', async () => {
      const answer = await whereSet(account.send(new GetBucketPolicyCommand(named)), 'NoSuchBucketPolicy');
      return grantedTo(answer?.Policy ?? null);
    }),
    measured('static websites that the bucket serves', async () => {
      const asked = account.send(new GetBucketWebsiteCommand(named));
      const website = await whereSet(asked, 'NoSuchWebsiteConfiguration');
      return [websites(website !== undefined)];
    }),
    measured('replication rules of the bucket', async () => {
      const asked = account.send(new GetBucketReplicationCommand(named));
      const answer = await whereSet(asked, 'ReplicationConfigurationNotFoundError');
      return [copyingMarkers(answer?.ReplicationConfiguration?.Rules ?? [])];
    }),
    measured('functions, queues, topics and event buses that are told of the delete marker', async () => [
      toldOfMarkers(await account.send(new GetBucketNotificationConfigurationCommand(named))),
    ]),
    accessPoints('by which the object is not found either', () =>
      account.send(new ListAccessPointsCommand({ AccountId: account.id, Bucket: bucket })),
    ),
  ]);
  return readings.flat();
}

function websites(isWebsite: boolean): Consequence {
  return {
    what: 'static websites that the bucket serves',
    count: isWebsite ? 1 : 0,
    evidence: 'GetBucketWebsite',
  };
}
