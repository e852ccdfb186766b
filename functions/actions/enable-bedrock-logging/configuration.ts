import {
  DeleteModelInvocationLoggingConfigurationCommand,
  GetModelInvocationLoggingConfigurationCommand,
  PutModelInvocationLoggingConfigurationCommand,
} from '@aws-sdk/client-bedrock';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';

export const reads = [GetModelInvocationLoggingConfigurationCommand, ListBucketsCommand] as const;
export const writes = [
  PutModelInvocationLoggingConfigurationCommand,
  DeleteModelInvocationLoggingConfigurationCommand,
] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

const Bucket = z.strictObject({ bucketName: z.string(), keyPrefix: z.string().exactOptional() });
/** A configuration that can be put back whole; one with a log group could not, without passing its role on. */
export const Configuration = z.strictObject({
  s3Config: Bucket,
  textDataDeliveryEnabled: z.boolean().exactOptional(),
  imageDataDeliveryEnabled: z.boolean().exactOptional(),
  embeddingDataDeliveryEnabled: z.boolean().exactOptional(),
  videoDataDeliveryEnabled: z.boolean().exactOptional(),
  audioDataDeliveryEnabled: z.boolean().exactOptional(),
});
export type Configuration = z.infer<typeof Configuration>;

/** Everything that Bedrock can log: who wants less of it decides so when the incident is over. */
export function everythingInto(bucketName: string): Configuration {
  return {
    s3Config: { bucketName },
    textDataDeliveryEnabled: true,
    imageDataDeliveryEnabled: true,
    embeddingDataDeliveryEnabled: true,
    videoDataDeliveryEnabled: true,
    audioDataDeliveryEnabled: true,
  };
}

/** Null where nothing is logged. Throws WrongStateError for one that logs to CloudWatch. */
export async function readConfiguration(account: Reader): Promise<Configuration | null> {
  const { loggingConfig: found } = await account.send(new GetModelInvocationLoggingConfigurationCommand({}));
  if (!found) return null;
  if (found.cloudWatchConfig)
    throw new WrongStateError(
      `Bedrock's logging in ${account.region}`,
      'already set to a CloudWatch log group',
      'to replace it, and later put it back, takes the right to pass its role, which nobody has here; change it by hand',
    );
  // Absent and undefined are one in the API, and two in a plan.
  return Configuration.parse(JSON.parse(JSON.stringify(found)));
}

export function isSame(one: Configuration | null, other: Configuration | null): boolean {
  return JSON.stringify(flat(one)) === JSON.stringify(flat(other));
}

/** In one order. What is left out is not delivered, and an empty prefix is none. */
function flat(configuration: Configuration | null): readonly unknown[] {
  if (!configuration) return [];
  const { s3Config, ...delivered } = Configuration.parse(configuration);
  const kinds = Object.entries(delivered).flatMap(([kind, enabled]) => (enabled ? [kind] : []));
  return [s3Config.bucketName, s3Config.keyPrefix ?? '', ...kinds.sort()];
}

/** Throws WrongStateError where Bedrock may not write into the bucket. */
export async function writeConfiguration(wanted: Configuration | null, account: Writer): Promise<void> {
  if (!wanted) {
    await account.send(new DeleteModelInvocationLoggingConfigurationCommand({}));
    return;
  }
  try {
    await account.send(new PutModelInvocationLoggingConfigurationCommand({ loggingConfig: wanted }));
  } catch (error) {
    if (!hasName(error, 'ValidationException')) throw error;
    throw new WrongStateError(
      `bucket ${wanted.s3Config.bucketName}`,
      'closed to Bedrock',
      'its policy must let bedrock.amazonaws.com put objects for this account, and it must be of this region',
    );
  }
}
