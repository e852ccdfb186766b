import * as z from 'zod';

const bucket = z.strictObject({ bucketName: z.string(), keyPrefix: z.string().optional() });

/** Bedrock in one region, in the shape of PutModelInvocationLoggingConfiguration. */
export const bedrockSeed = z.strictObject({
  logging: z
    .strictObject({
      s3Config: bucket.optional(),
      cloudWatchConfig: z
        .strictObject({
          logGroupName: z.string(),
          roleArn: z.string(),
          largeDataDeliveryS3Config: bucket.optional(),
        })
        .optional(),
      textDataDeliveryEnabled: z.boolean().optional(),
      imageDataDeliveryEnabled: z.boolean().optional(),
      embeddingDataDeliveryEnabled: z.boolean().optional(),
      videoDataDeliveryEnabled: z.boolean().optional(),
      audioDataDeliveryEnabled: z.boolean().optional(),
    })
    .optional()
    .describe('No call of a model is logged when absent'),
});
