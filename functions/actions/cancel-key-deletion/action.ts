import { CancelKeyDeletionCommand, EnableKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { TargetNotFoundError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import type { Consequence } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import {
  cannotRestore,
  type Deletion,
  daysLeft,
  deletionOf,
  isPending,
  scheduledDeletion,
} from './deletion.ts';
import { readKey, reads, readTags, writes } from './key.ts';

/**
 * Takes a key back from its deletion and makes it usable, before what it encrypted is lost for good. A key whose
 * deletion is scheduled cannot be used at all, and one that comes back is disabled
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html).
 */
export const cancelKeyDeletion = defineAction({
  id: 'cancel-key-deletion',
  title: 'Cancel the deletion of a key',
  targets: ['key'],
  danger: 'low',
  family: 'data',
  order: 'evidence',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: [
        'kms:DescribeKey',
        'kms:ListResourceTags',
        'kms:CancelKeyDeletion',
        'kms:EnableKey',
        'kms:ScheduleKeyDeletion',
      ],
      resources: ['arn:{partition}:kms:{region}:{account}:key/*'],
      narrow: (planned) => [deletionOf(planned).arn],
    },
  ],

  async plan(target, _params, account) {
    const before = scheduledDeletion(await readKey(target.id, account));
    const tags = await readTags(target.id, account);
    return {
      before,
      expected: { state: 'Enabled' },
      change: `The deletion of key ${target.id} (${when(before)}) is cancelled, and the key is enabled: what it encrypted can be read again.`,
      undo: `Schedule the deletion of key ${target.id} again, with the days that are then left, 7 at least.`,
      cannotRestore: cannotRestore(before),
      blastRadius: [...blastRadius, ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id, arn: before.arn },
    };
  },

  async execute({ target: { id: KeyId } }, account) {
    if (isPending(await readKey(KeyId, account))) await account.send(new CancelKeyDeletionCommand({ KeyId }));
    const { KeyState: state } = await readKey(KeyId, account);
    if (state === 'Disabled') await account.send(new EnableKeyCommand({ KeyId }));
  },

  async verify({ target }, account) {
    try {
      const { KeyState: state = 'in an unknown state' } = await readKey(target.id, account);
      return { status: state === 'Enabled' ? 'done' : 'not-done', observed: `the key is ${state}` };
    } catch (error) {
      if (!(error instanceof TargetNotFoundError)) throw error;
      return { status: 'not-done', observed: 'the key no longer exists' };
    }
  },

  /** Not disabled first: what waits for its deletion cannot be used, and comes back disabled in any case. */
  async rollback(planned, account) {
    const { id: KeyId } = planned.target;
    const deletion = deletionOf(planned);
    if (isPending(await readKey(KeyId, account))) return;
    const PendingWindowInDays = daysLeft(deletion, account.now);
    await account.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays }));
  },
});

function when(deletion: Deletion): string {
  return deletion.state === 'PendingDeletion'
    ? `due ${deletion.deletionDate}`
    : `${deletion.windowInDays} days after its last replica is gone`;
}

const blastRadius: readonly Consequence[] = [
  {
    what: 'programs that lose anything: a key that waits for its deletion is of use to nobody',
    count: 0,
    evidence: 'DescribeKey',
  },
  {
    what: 'principals that can use the key again, whoever its policy and grants allow',
    count: null,
    evidence: 'not available: policy and grants are not read',
  },
];
