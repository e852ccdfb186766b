import * as KMS from '@aws-sdk/client-kms';
import type { AccountSeed } from '../../../../sandbox/account/seed/account-schema.ts';
import type { ImitatedAccount, ImitatedService } from '../service.ts';
import { eachOf } from '../shapes.ts';

type Key = AccountSeed['kms']['keys'][number];

/** Keys are of a region. Nobody can choose a day of deletion in the past. */
export const kms: ImitatedService = {
  of: 'region',
  invented: ['deletionDate', 'materialMissing', 'replicas', 'policy'],

  async seed({ kms: seed }, account) {
    for (const key of seed.keys) await seedKey(key, account);
  },

  async read(account) {
    const { Keys } = await account.send(new KMS.ListKeysCommand({}));
    return { keys: await eachOf(Keys, 'KeyId', (KeyId) => readKey(KeyId, account)) };
  },
};

async function seedKey(key: Key, account: ImitatedAccount): Promise<void> {
  const { KeyMetadata } = await account.send(
    new KMS.CreateKeyCommand({
      Description: key.description,
      MultiRegion: key.keyId.startsWith('mrk-'),
      ...(key.keyState === 'PendingImport' ? { Origin: 'EXTERNAL' } : {}),
      ...(key.policy ? { Policy: JSON.stringify(key.policy) } : {}),
    }),
  );
  account.name(key.keyId, KeyMetadata?.KeyId);
  const KeyId = key.keyId;
  const Tags = Object.entries(key.tags)
    .filter(([TagKey]) => !TagKey.startsWith('aws:'))
    .map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  if (Tags.length > 0) await account.send(new KMS.TagResourceCommand({ KeyId, Tags }));
  if (key.keyState === 'Disabled') await account.send(new KMS.DisableKeyCommand({ KeyId }));
  if (key.deletion)
    await account.send(
      new KMS.ScheduleKeyDeletionCommand({
        KeyId,
        PendingWindowInDays: key.deletion.pendingWindowInDays,
      }),
    );
}

async function readKey(KeyId: string, account: ImitatedAccount): Promise<unknown> {
  const { KeyMetadata: key } = await account.send(new KMS.DescribeKeyCommand({ KeyId }));
  const { Tags } = await account.send(new KMS.ListResourceTagsCommand({ KeyId }));
  return {
    keyId: KeyId,
    description: key?.Description,
    keyManager: key?.KeyManager,
    keyState: key?.KeyState,
    deletionDate: key?.DeletionDate?.toISOString(),
    tags: Object.fromEntries((Tags ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue])),
  };
}
