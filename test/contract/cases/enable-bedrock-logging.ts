import { PutModelInvocationLoggingConfigurationCommand } from '@aws-sdk/client-bedrock';
import { ACCOUNT, type ActionCase, target } from '../action-case.ts';
import { logBucket } from './seeds.ts';

export const BUCKET = 'example-model-logs';
const OLD = 'example-old-logs';

const common = {
  target: target('account', ACCOUNT),
  params: { bucket: BUCKET },
  innocent: ({ iam, s3, regions }) => [iam, s3, regions['us-east-1']],
  trespasses: () => [
    // Whoever hands Bedrock a role lets it be used.
    new PutModelInvocationLoggingConfigurationCommand({
      loggingConfig: {
        cloudWatchConfig: { logGroupName: 'models', roleArn: `arn:aws:iam::${ACCOUNT}:role/admin` },
      },
    }),
  ],
} satisfies Partial<ActionCase>;

const buckets = { buckets: [logBucket(BUCKET), logBucket(OLD), logBucket(`${BUCKET}-2`)] };

export const cases: readonly ActionCase[] = [
  { ...common, name: 'a region that logs nothing', seed: { s3: buckets } },
  {
    ...common,
    name: 'a region that logs texts into another bucket',
    seed: {
      s3: buckets,
      bedrock: {
        logging: {
          s3Config: { bucketName: OLD, keyPrefix: 'models' },
          textDataDeliveryEnabled: true,
          imageDataDeliveryEnabled: false,
        },
      },
    },
  },
  {
    ...common,
    name: 'the right bucket, with everything switched off',
    seed: {
      s3: buckets,
      bedrock: { logging: { s3Config: { bucketName: BUCKET }, textDataDeliveryEnabled: false } },
    },
  },
];
