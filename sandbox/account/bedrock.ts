import * as bedrock from '@aws-sdk/client-bedrock';
import { AwsError, operation, type Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { bucketOpenTo } from './s3/delivery.ts';

type Get = [object, bedrock.GetModelInvocationLoggingConfigurationCommandOutput];
type Put = [
  bedrock.PutModelInvocationLoggingConfigurationCommandInput,
  bedrock.PutModelInvocationLoggingConfigurationCommandOutput,
];
type Remove = [object, bedrock.DeleteModelInvocationLoggingConfigurationCommandOutput];

const requirement = (name: string) => ({ action: `bedrock:${name}`, resource: '*' });

/** Bedrock: where a region's calls of models are logged. The models themselves are elsewhere. */
export function accountBedrockService(cloud: Cloud): Service {
  const name = (verb: string) => `${verb}ModelInvocationLoggingConfiguration`;
  return {
    signingName: 'bedrock',
    protocol: 'restJson1',
    schemas: bedrock,
    operations: {
      [name('Get')]: operation<Get[0], Get[1]>({
        requires: () => [requirement(name('Get'))],
        handle: (_input, { account }, { region }) => ({
          loggingConfig: cloud.region(account, region).bedrock.logging as bedrock.LoggingConfig | undefined,
        }),
      }),
      [name('Put')]: operation<Put[0], Put[1]>({
        requires: ({ loggingConfig }) => [requirement(name('Put')), ...passing(loggingConfig)],
        handle({ loggingConfig }, { account }, { region }) {
          check(cloud, account, region, loggingConfig);
          cloud.region(account, region).bedrock.logging = structuredClone({ ...loggingConfig });
          return {};
        },
      }),
      [name('Delete')]: operation<Remove[0], Remove[1]>({
        requires: () => [requirement(name('Delete'))],
        handle(_input, { account }, { region }) {
          delete cloud.region(account, region).bedrock.logging;
          return {};
        },
      }),
    },
  };
}

/** Bedrock writes to a log group as a role that the caller hands it. */
function passing(config: bedrock.LoggingConfig | undefined) {
  const roleArn = config?.cloudWatchConfig?.roleArn;
  return roleArn === undefined ? [] : [{ action: 'iam:PassRole', resource: roleArn }];
}

/**
 * Only destinations of the same account and region are taken, and the bucket must let Bedrock in
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html).
 */
function check(
  cloud: Cloud,
  account: string,
  region: string,
  { s3Config, cloudWatchConfig }: bedrock.LoggingConfig = {},
): void {
  if (!s3Config && !cloudWatchConfig)
    throw new AwsError('ValidationException', 'At least one of cloudWatchConfig and s3Config is required');
  if (!s3Config) return;
  const bucket = bucketOpenTo(cloud, account, s3Config.bucketName, 'bedrock.amazonaws.com');
  if (bucket?.region !== region)
    throw new AwsError(
      'ValidationException',
      `Failed to validate permissions for bucket: ${s3Config.bucketName}. Verify the bucket policy and region are correct.`,
    );
}
