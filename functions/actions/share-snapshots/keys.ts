import type { Snapshot } from '@aws-sdk/client-ec2';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { Reader } from './snapshots.ts';

/**
 * Throws WrongStateError for a snapshot that is encrypted with the key that AWS manages, which no other account can
 * use: AWS refuses to share such a one
 * (https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html).
 */
export async function checkKeys(snapshots: readonly Snapshot[], account: Reader): Promise<void> {
  for (const { SnapshotId, Encrypted, KmsKeyId } of snapshots) {
    if (!Encrypted || (await isCustomers(KmsKeyId, account))) continue;
    throw new WrongStateError(
      `EBS snapshot ${SnapshotId}`,
      'encrypted with the AWS managed key',
      'AWS does not share it; copy it under a customer managed key, and share the copy and the key',
    );
  }
}

/** A key that cannot be read is none that we know to be the customer's. */
async function isCustomers(KeyId: string | undefined, account: Reader): Promise<boolean> {
  if (KeyId === undefined) return false;
  try {
    const { KeyMetadata: key } = await account.send(new DescribeKeyCommand({ KeyId }));
    return key?.KeyManager === 'CUSTOMER';
  } catch (error) {
    if (!hasName(error, 'NotFoundException', 'AccessDeniedException')) throw error;
    return false;
  }
}
