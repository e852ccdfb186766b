import {
  type DBSnapshot,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBSnapshotAttributeCommand,
} from '@aws-sdk/client-rds';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { NotYetError, TargetNotFoundError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';

export const reads = [DescribeDBSnapshotsCommand, DescribeDBSnapshotAttributesCommand] as const;
export const writes = [ModifyDBSnapshotAttributeCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** An account that may restore a snapshot, or `all` for everybody. */
export const Sharer = z.string().regex(/^(\d{12}|all)$/);

/**
 * The part of an RDS ARN that names a snapshot: `snapshot:orders-2026`. A snapshot of a disk is `snap-0abc…`, which a
 * snapshot of a database may be called as well, so the name alone would not say which is meant.
 */
const ID = /^snapshot:((?:rds:|awsbackup:)?[a-zA-Z](?:-?[a-zA-Z0-9]){0,254})$/;

/** The snapshot's name. Throws TargetNotFoundError for an id of another kind. */
export function nameOf(id: string): string {
  const name = ID.exec(id)?.[1];
  if (name === undefined) throw new TargetNotFoundError(`database snapshot ${id}`);
  return name;
}

export async function readSnapshot(name: string, account: Reader): Promise<DBSnapshot> {
  const { DBSnapshots: found } = await account
    .send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: name }))
    .catch(notFound(name));
  if (!found?.[0]) throw new TargetNotFoundError(`database snapshot ${name}`);
  return found[0];
}

/** Who may restore it, sorted. */
export async function readSharers(name: string, account: Reader): Promise<readonly string[]> {
  const { DBSnapshotAttributesResult: result } = await account
    .send(new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: name }))
    .catch(notFound(name));
  const restore = result?.DBSnapshotAttributes?.find(({ AttributeName }) => AttributeName === 'restore');
  return z
    .array(Sharer)
    .parse(restore?.AttributeValues ?? [])
    .toSorted();
}

/** Adds or removes exactly these; everybody else's are left alone. Throws NotYetError while the snapshot is busy. */
export async function changeSharers(
  name: string,
  change: { readonly ValuesToAdd: string[] } | { readonly ValuesToRemove: string[] },
  account: Writer,
): Promise<void> {
  try {
    await account.send(
      new ModifyDBSnapshotAttributeCommand({
        DBSnapshotIdentifier: name,
        AttributeName: 'restore',
        ...change,
      }),
    );
  } catch (error) {
    if (hasName(error, 'InvalidDBSnapshotStateFault', 'InvalidDBSnapshotState'))
      throw new NotYetError(`database snapshot ${name}`, 'not available');
    notFound(name)(error);
  }
}

function notFound(name: string) {
  return (error: unknown): never => {
    if (!hasName(error, 'DBSnapshotNotFoundFault', 'DBSnapshotNotFound')) throw error;
    throw new TargetNotFoundError(`database snapshot ${name}`, { cause: error });
  };
}
