import type * as s3 from '@aws-sdk/client-s3';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { type Owned, onBucket } from './scope.ts';
import type { AclGrantState } from './state.ts';

const GROUPS = 'http://acs.amazonaws.com/groups/global/';

/** Who owns what is written into a bucket, and whom its access control list lets in. Here an account's canonical user is its id. */
export function bucketAclOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetBucketAcl: onBucket<s3.GetBucketAclCommandInput, s3.GetBucketAclCommandOutput>(
      cloud,
      's3:GetBucketAcl',
      (owned) => ({ Owner: { ID: owned.owner }, Grants: grantsOf(owned) }),
    ),
    GetBucketOwnershipControls: onBucket<
      s3.GetBucketOwnershipControlsCommandInput,
      s3.GetBucketOwnershipControlsCommandOutput
    >(cloud, 's3:GetBucketOwnershipControls', (owned) => ({
      OwnershipControls: { Rules: [{ ObjectOwnership: ownershipOf(owned) }] },
    })),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html: enforced for every new bucket. */
function ownershipOf({ bucket: { objectOwnership = 'BucketOwnerEnforced' } }: Owned): s3.ObjectOwnership {
  if (objectOwnership === 'unset')
    throw new AwsError('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', 404);
  return objectOwnership;
}

/** Where the owner owns everything, an ACL shows the owner alone (…/userguide/object-ownership-error-responses.html). */
function grantsOf({ owner, bucket: { acl = [], objectOwnership } }: Owned): s3.Grant[] {
  const isOff = objectOwnership === undefined || objectOwnership === 'BucketOwnerEnforced';
  const own: s3.Grant = { Grantee: { Type: 'CanonicalUser', ID: owner }, Permission: 'FULL_CONTROL' };
  return [own, ...(isOff ? [] : acl.map(toGrant))];
}

function toGrant({ grantee, permission }: AclGrantState): s3.Grant {
  const isGroup = grantee === 'AllUsers' || grantee === 'AuthenticatedUsers';
  return {
    Grantee: isGroup ? { Type: 'Group', URI: `${GROUPS}${grantee}` } : { Type: 'CanonicalUser', ID: grantee },
    Permission: permission,
  };
}
