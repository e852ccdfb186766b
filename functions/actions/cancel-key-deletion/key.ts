import {
  CancelKeyDeletionCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  type KeyMetadata,
  ListResourceTagsCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import type { Account } from '../../core/account.ts';
import { NotOursError, TargetNotFoundError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { Tag } from '../../core/reserved-tags.ts';

export const reads = [DescribeKeyCommand, ListResourceTagsCommand] as const;
export const writes = [CancelKeyDeletionCommand, EnableKeyCommand, ScheduleKeyDeletionCommand] as const;
export type Reader = Account<typeof reads>;

/** A key's own id; never an alias, which can be pointed elsewhere between the plan and its execution. */
const KEY_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Reads one key of the account. Throws TargetNotFoundError, and NotOursError where its key policy shuts us out. */
export async function readKey(id: string, account: Reader): Promise<KeyMetadata> {
  if (!KEY_ID.test(id)) throw new TargetNotFoundError(`key ${id}`);
  try {
    const { KeyMetadata: key } = await account.send(new DescribeKeyCommand({ KeyId: id }));
    return key ?? { KeyId: id };
  } catch (error) {
    if (hasName(error, 'NotFoundException')) throw new TargetNotFoundError(`key ${id}`, { cause: error });
    if (isShutOut(error))
      throw new NotOursError(
        `key ${id}`,
        "its key policy does not let the account's IAM policies decide; whomever the policy names must act",
      );
    throw error;
  }
}

/** KMS has words of its own for a tag; a key has at most 50, which is one page. */
export async function readTags(id: string, account: Reader): Promise<readonly Tag[]> {
  const { Tags: tags = [] } = await account.send(new ListResourceTagsCommand({ KeyId: id }));
  return tags.map(({ TagKey: Key, TagValue: Value }) => ({ Key, Value }));
}

/** KMS says which kind of policy is missing; that ours allows it is what the deployment sees to. */
function isShutOut(error: unknown): boolean {
  return (
    hasName(error, 'AccessDeniedException') && (error as Error).message.includes('resource-based policy')
  );
}
