import type { KeyMetadata } from '@aws-sdk/client-kms';
import * as z from 'zod';
import { NothingToDoError, NotOursError } from '../../core/errors.ts';
import type { PlannedAction } from '../../core/plan.ts';

const DAY = 24 * 60 * 60 * 1000;
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
const SHORTEST = 7;
const LONGEST = 30;

const Dated = z.strictObject({
  arn: z.string(),
  state: z.literal('PendingDeletion'),
  deletionDate: z.iso.datetime(),
});
/** A multi-Region primary key waits for its replicas to be gone, and only then for its days. */
const Waiting = z.strictObject({
  arn: z.string(),
  state: z.literal('PendingReplicaDeletion'),
  windowInDays: z.int().min(SHORTEST).max(LONGEST),
});
export const Deletion = z.discriminatedUnion('state', [Dated, Waiting]);
export type Deletion = z.infer<typeof Deletion>;

export function deletionOf(planned: PlannedAction): Deletion {
  return Deletion.parse(planned.before);
}

/** Throws NotOursError for a key of AWS's, and NothingToDoError for one that is not on its way into deletion. */
export function scheduledDeletion(key: KeyMetadata): Deletion {
  const name = `key ${key.KeyId}`;
  if (key.KeyManager === 'AWS') throw new NotOursError(name, 'AWS manages it, and deletes it itself');
  if (!isPending(key))
    throw new NothingToDoError(
      name,
      `is not on its way into deletion (${key.KeyState ?? 'its state is not known'})`,
    );
  return Deletion.parse(
    key.KeyState === 'PendingDeletion'
      ? { arn: key.Arn, state: key.KeyState, deletionDate: key.DeletionDate?.toISOString() }
      : { arn: key.Arn, state: key.KeyState, windowInDays: key.PendingDeletionWindowInDays },
  );
}

export function isPending({ KeyState: state }: KeyMetadata): boolean {
  return state === 'PendingDeletion' || state === 'PendingReplicaDeletion';
}

/** The days that are left, never fewer than there were; KMS counts whole ones, from 7 to 30. */
export function daysLeft(deletion: Deletion, now: Date): number {
  if (deletion.state === 'PendingReplicaDeletion') return deletion.windowInDays;
  const left = Math.ceil((Date.parse(deletion.deletionDate) - now.getTime()) / DAY);
  return Math.min(LONGEST, Math.max(SHORTEST, left));
}

export function cannotRestore(deletion: Deletion): readonly string[] {
  if (deletion.state === 'PendingReplicaDeletion') return [];
  return [
    `The moment of deletion, ${deletion.deletionDate}: KMS counts whole days from the day of the undo, ${SHORTEST} at least and ${LONGEST} at most, so it comes later.`,
  ];
}
