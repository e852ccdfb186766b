import * as s3 from '@aws-sdk/client-s3';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { bucketListingOperations } from './s3/listing.ts';

/** S3: which buckets the account has, and whom they let in. */
export function accountS3Service(cloud: Cloud): Service {
  return {
    signingName: 's3',
    protocol: 'restXml',
    schemas: s3,
    operations: { ...bucketListingOperations(cloud) },
  };
}
