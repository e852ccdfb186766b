import {
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  ModifySnapshotAttributeCommand,
  type Snapshot,
} from '@aws-sdk/client-ec2';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { NotOursError, TargetNotFoundError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [DescribeSnapshotsCommand, DescribeSnapshotAttributeCommand] as const;
export const writes = [ModifySnapshotAttributeCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** `public` leaves the accounts alone with which somebody shares on purpose; without it, both kinds of shares go. */
export const Parameters = z.strictObject({ only: z.enum(['public']).exactOptional() });
export type Parameters = z.infer<typeof Parameters>;

/** The shares that are taken away: with everybody on AWS, and with accounts by their ids, in order. */
export const Shares = z.strictObject({ everybody: z.boolean(), accounts: z.array(z.string()) });
export type Shares = z.infer<typeof Shares>;

export function beforeOf(planned: PlannedAction): Shares {
  return Shares.parse(planned.before);
}

/**
 * Reads an EBS snapshot of this account. Throws TargetNotFoundError, for an RDS snapshot's name as well, and
 * NotOursError for one that another account shares with this one.
 */
export async function readSnapshot(id: string, account: Reader): Promise<Snapshot> {
  const name = `EBS snapshot ${id}`;
  if (!/^snap-[0-9a-f]{8,17}$/.test(id)) throw new TargetNotFoundError(name);
  const { Snapshots: found } = await account
    .send(new DescribeSnapshotsCommand({ SnapshotIds: [id] }))
    .catch(notFound(id));
  const snapshot = found?.[0];
  if (!snapshot) throw new TargetNotFoundError(name);
  if (snapshot.OwnerId !== account.id)
    throw new NotOursError(name, `account ${snapshot.OwnerId} owns it, and alone may say who shares it`);
  return snapshot;
}

/** The shares that stand and are in question. The owner's own id among them, if anybody wrote it there, shares nothing. */
export async function readShares(id: string, { only }: Parameters, account: Reader): Promise<Shares> {
  const { CreateVolumePermissions: permissions = [] } = await account
    .send(new DescribeSnapshotAttributeCommand({ SnapshotId: id, Attribute: 'createVolumePermission' }))
    .catch(notFound(id));
  const accounts = permissions.flatMap(({ UserId }) => UserId ?? []).filter((one) => one !== account.id);
  return {
    everybody: permissions.some(({ Group }) => Group === 'all'),
    accounts: only === 'public' ? [] : accounts.sort(),
  };
}

/** One call for all: EC2 takes or refuses it whole. Adding what is there, or removing what is not, changes nothing. */
export async function writeShares(
  id: string,
  operation: 'add' | 'remove',
  shares: Shares,
  account: Writer,
): Promise<void> {
  await account
    .send(
      new ModifySnapshotAttributeCommand({
        SnapshotId: id,
        Attribute: 'createVolumePermission',
        OperationType: operation,
        ...(shares.everybody ? { GroupNames: ['all'] } : {}),
        ...(shares.accounts.length > 0 ? { UserIds: shares.accounts } : {}),
      }),
    )
    .catch(notFound(id));
}

function notFound(id: string) {
  return (error: unknown): never => {
    if (!hasName(error, 'InvalidSnapshot.NotFound', 'InvalidSnapshotID.Malformed')) throw error;
    throw new TargetNotFoundError(`EBS snapshot ${id}`, { cause: error });
  };
}
