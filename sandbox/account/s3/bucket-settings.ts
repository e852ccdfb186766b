import type * as s3 from '@aws-sdk/client-s3';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { type Owned, onBucket } from './scope.ts';
import type { BucketState, NotificationState } from './state.ts';

/** What is asked about a bucket before it is changed, and the list of an account's buckets. */
export function bucketSettingsOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetBucketTagging: onBucket<s3.GetBucketTaggingCommandInput, s3.GetBucketTaggingCommandOutput>(
      cloud,
      's3:GetBucketTagging',
      ({ bucket: { tags } }) => {
        if (Object.keys(tags).length === 0)
          throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', 404);
        return { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      },
    ),
    GetBucketWebsite: onBucket<s3.GetBucketWebsiteCommandInput, s3.GetBucketWebsiteCommandOutput>(
      cloud,
      's3:GetBucketWebsite',
      ({ bucket }) => {
        if (!bucket.website)
          throw new AwsError(
            'NoSuchWebsiteConfiguration',
            'The specified bucket does not have a website configuration',
            404,
          );
        return { IndexDocument: { Suffix: 'index.html' } };
      },
    ),
    GetBucketEncryption: onBucket<s3.GetBucketEncryptionCommandInput, s3.GetBucketEncryptionCommandOutput>(
      cloud,
      's3:GetEncryptionConfiguration',
      ({ bucket }) => ({ ServerSideEncryptionConfiguration: encryptionOf(bucket) }),
    ),
    GetBucketLogging: onBucket<s3.GetBucketLoggingCommandInput, s3.GetBucketLoggingCommandOutput>(
      cloud,
      's3:GetBucketLogging',
      ({ bucket: { loggingBucket } }) =>
        loggingBucket === undefined
          ? {}
          : { LoggingEnabled: { TargetBucket: loggingBucket, TargetPrefix: '' } },
    ),
    GetBucketReplication: onBucket<s3.GetBucketReplicationCommandInput, s3.GetBucketReplicationCommandOutput>(
      cloud,
      's3:GetReplicationConfiguration',
      (owned) => ({ ReplicationConfiguration: replicationOf(owned) }),
    ),
    GetBucketNotificationConfiguration: onBucket<
      s3.GetBucketNotificationConfigurationCommandInput,
      s3.GetBucketNotificationConfigurationCommandOutput
    >(cloud, 's3:GetBucketNotification', ({ bucket }) => notificationsOf(bucket)),
  };
}

/** S3 encrypts by itself where nobody chose (https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html). */
function encryptionOf({ encryption }: BucketState): s3.ServerSideEncryptionConfiguration {
  const { algorithm, key } = encryption ?? { algorithm: 'AES256' };
  return {
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: algorithm,
          ...(key === undefined ? {} : { KMSMasterKeyID: key }),
        },
        BucketKeyEnabled: false,
      },
    ],
  };
}

/** One rule for all, in the configuration's second version, which says by itself what becomes of delete markers. */
function replicationOf({ owner, bucket }: Owned): s3.ReplicationConfiguration {
  const { name, replication, replicatesDeleteMarkers, replicationAccount } = bucket;
  if (!replication)
    throw new AwsError(
      'ReplicationConfigurationNotFoundError',
      'The replication configuration was not found',
      404,
    );
  return {
    Role: `arn:aws:iam::${owner}:role/replication`,
    Rules: [
      {
        Status: 'Enabled',
        Priority: 1,
        Filter: { Prefix: '' },
        DeleteMarkerReplication: { Status: replicatesDeleteMarkers ? 'Enabled' : 'Disabled' },
        Destination: {
          Bucket: `arn:aws:s3:::${name}-copy`,
          ...(replicationAccount === undefined ? {} : { Account: replicationAccount }),
        },
      },
    ],
  };
}

function notificationsOf({ notifications = [], eventBridge }: BucketState): s3.NotificationConfiguration {
  const to = (kind: NotificationState['to']) =>
    notifications
      .filter((one) => one.to === kind)
      .map(({ arn, events }) => ({ arn, Events: events as s3.Event[] }));
  return {
    LambdaFunctionConfigurations: to('function').map(({ arn, Events }) => ({
      LambdaFunctionArn: arn,
      Events,
    })),
    QueueConfigurations: to('queue').map(({ arn, Events }) => ({ QueueArn: arn, Events })),
    TopicConfigurations: to('topic').map(({ arn, Events }) => ({ TopicArn: arn, Events })),
    ...(eventBridge ? { EventBridgeConfiguration: {} } : {}),
  };
}
