import type * as kms from '@aws-sdk/client-kms';
import type { Operation } from '../../wire/service.ts';
import { accountOfArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { onKey } from './on-key.ts';
import type { KeyState } from './state.ts';

/** Reading the account's keys. */
export function keyOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeKey: onKey<kms.DescribeKeyCommandInput, object>(cloud, 'DescribeKey', (key, _input, arn) => ({
      KeyMetadata: shown(key, arn),
    })),
    ListResourceTags: onKey<kms.ListResourceTagsCommandInput, object>(cloud, 'ListResourceTags', (key) => ({
      Tags: Object.entries(key.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      Truncated: false,
    })),
  };
}

function shown(key: KeyState, arn: string): kms.KeyMetadata {
  return {
    KeyId: key.keyId,
    Arn: arn,
    AWSAccountId: accountOfArn(arn),
    Description: key.description,
    Enabled: key.keyState === 'Enabled',
    KeyState: key.keyState,
    KeyManager: key.keyManager,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    DeletionDate: key.deletionDate === undefined ? undefined : new Date(key.deletionDate),
    PendingDeletionWindowInDays: key.pendingWindowInDays,
    MultiRegion: key.keyId.startsWith('mrk-'),
  };
}
