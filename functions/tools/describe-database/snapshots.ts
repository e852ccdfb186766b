import {
  type DBSnapshot,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
} from '@aws-sdk/client-rds';
import { boundedList } from '../../core/bounded.ts';
import { hasName } from '../../core/named-error.ts';
import type { SharedSnapshots } from './output.ts';
import type { Reader } from './reads.ts';

/** Snapshots that are asked about, each by a call of its own. */
const ASKED = 10;

interface Answer {
  readonly snapshots: SharedSnapshots;
  readonly truncated: boolean;
}

/** With whom the manual snapshots of an instance are shared; AWS's own ones cannot be. */
export async function readSnapshots(name: string, account: Reader): Promise<Answer> {
  const { DBSnapshots: manual = [], Marker: next } = await account.send(
    new DescribeDBSnapshotsCommand({ DBInstanceIdentifier: name, SnapshotType: 'manual' }),
  );
  const asked = boundedList(manual.toSorted(openFirst), ASKED);
  const sharers = await Promise.all(asked.items.map((snapshot) => readSharers(snapshot, account)));
  return {
    snapshots: {
      manual: manual.length,
      read: asked.items.length,
      public: sharers.filter((values) => values.includes('all')).length,
      shared: sharers.filter((values) => values.some((value) => value !== 'all')).length,
    },
    truncated: asked.truncated || Boolean(next),
  };
}

/** What may be public comes first. */
function openFirst(one: DBSnapshot, other: DBSnapshot): number {
  return Number(one.Encrypted ?? false) - Number(other.Encrypted ?? false);
}

/** Nobody, for a snapshot that was deleted since. */
async function readSharers(
  { DBSnapshotIdentifier }: DBSnapshot,
  account: Reader,
): Promise<readonly string[]> {
  try {
    const { DBSnapshotAttributesResult: result } = await account.send(
      new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier }),
    );
    const restore = result?.DBSnapshotAttributes?.find(({ AttributeName }) => AttributeName === 'restore');
    return restore?.AttributeValues ?? [];
  } catch (error) {
    if (hasName(error, 'DBSnapshotNotFoundFault', 'DBSnapshotNotFound')) return [];
    throw error;
  }
}
