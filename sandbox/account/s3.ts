import * as s3 from '@aws-sdk/client-s3';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { bucketAclOperations } from './s3/bucket-acl.ts';
import { bucketPolicyOperations } from './s3/bucket-policies.ts';
import { bucketSettingsOperations } from './s3/bucket-settings.ts';
import { bucketListingOperations } from './s3/listing.ts';
import { objectOperations } from './s3/objects.ts';
import { publicAccessOperations } from './s3/public-access.ts';
import { versioningOperations } from './s3/versioning.ts';
import { versionListingOperations } from './s3/versions.ts';

/** S3: who may reach a bucket, and what becomes of its objects. What objects hold is not kept. */
export function s3Service(cloud: Cloud): Service {
  return {
    signingName: 's3',
    protocol: 'restXml',
    schemas: s3,
    operations: {
      ...bucketListingOperations(cloud),
      ...bucketAclOperations(cloud),
      ...bucketPolicyOperations(cloud),
      ...bucketSettingsOperations(cloud),
      ...objectOperations(cloud),
      ...publicAccessOperations(cloud),
      ...versioningOperations(cloud),
      ...versionListingOperations(cloud),
    },
  };
}
