import { DescribeSnapshotAttributeCommand, ModifySnapshotAttributeCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { NothingToDoError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { PlannedAction } from '../../core/plan.ts';
import type { Reader, Writer } from './snapshots.ts';

/** With whom, and which of the snapshots that account may use already. */
export const Sharing = z.strictObject({
  recipient: z.string().regex(/^\d{12}$/),
  snapshots: z.array(z.strictObject({ id: z.string(), shared: z.boolean() })),
});
export type Sharing = z.infer<typeof Sharing>;

export function beforeOf(planned: PlannedAction): Sharing {
  return Sharing.parse(planned.before);
}

/**
 * The deployment names the account: no finding, no model and no parameter does. Throws WrongStateError without one, and
 * NothingToDoError where it is the one that owns the snapshots.
 */
export function forensicsAccount({ id, forensicsAccount: account }: Reader): string {
  if (account === id) throw new NothingToDoError(`account ${id}`, 'is the forensics account');
  if (account) return account;
  throw new WrongStateError(
    'the forensics account',
    'not configured',
    'set forensicsAccount in cdk.json and deploy again',
  );
}

/** Which of these snapshots the account may use; none that is deleted. */
export async function readSharing(
  ids: readonly string[],
  recipient: string,
  account: Reader,
): Promise<Sharing> {
  const snapshots = await Promise.all(
    ids.map(async (id) => ({ id, shared: await isShared(id, recipient, account) })),
  );
  return { recipient, snapshots };
}

async function isShared(SnapshotId: string, recipient: string, account: Reader): Promise<boolean> {
  try {
    const { CreateVolumePermissions: shares = [] } = await account.send(
      new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' }),
    );
    return shares.some(({ UserId }) => UserId === recipient);
  } catch (error) {
    if (!hasName(error, 'InvalidSnapshot.NotFound')) throw error;
    return false;
  }
}

/** Adding what is there, and removing what is not, changes nothing. What is deleted is shared with nobody. */
export async function writeShare(
  SnapshotId: string,
  OperationType: 'add' | 'remove',
  recipient: string,
  account: Writer,
): Promise<void> {
  try {
    await account.send(
      new ModifySnapshotAttributeCommand({
        SnapshotId,
        Attribute: 'createVolumePermission',
        OperationType,
        UserIds: [recipient],
      }),
    );
  } catch (error) {
    if (OperationType === 'add' || !hasName(error, 'InvalidSnapshot.NotFound')) throw error;
  }
}
