import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { boundedList } from '../../core/bounded.ts';
import { NothingToDoError, TargetNotFoundError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import {
  changeSharers,
  nameOf,
  type Reader,
  readSharers,
  readSnapshot,
  reads,
  Sharer,
  writes,
} from './snapshot.ts';

const Before = z.strictObject({ arn: z.string(), restore: z.array(Sharer).min(1) });
const beforeOf = (planned: PlannedAction) => Before.parse(planned.before);

/** As many accounts as a plan spells out; a snapshot may have 20 of them. */
const LISTED = 8;

/**
 * Takes back the right to restore a snapshot of a database from everybody outside. Copies that were made before stay
 * (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html). Snapshots of clusters are not
 * this action's: they have operations of their own.
 */
export const unshareDatabaseSnapshot = defineAction({
  id: 'unshare-database-snapshot',
  title: 'Stop sharing a database snapshot',
  targets: ['snapshot'],
  danger: 'low',
  family: 'data',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: [
        'rds:DescribeDBSnapshots',
        'rds:DescribeDBSnapshotAttributes',
        'rds:ModifyDBSnapshotAttribute',
      ],
      resources: ['arn:{partition}:rds:{region}:{account}:snapshot:*'],
      narrow: (planned) => [beforeOf(planned).arn],
    },
  ],

  async plan(target, _params, account) {
    const name = nameOf(target.id);
    const { DBSnapshotArn: arn, TagList: tags } = await readSnapshot(name, account);
    const restore = await readSharers(name, account);
    if (restore.length === 0)
      throw new NothingToDoError(`database snapshot ${name}`, 'is shared with nobody');
    return {
      before: Before.parse({ arn, restore: [...restore] }),
      expected: { restore: [] },
      change: `Database snapshot ${name} can be restored by this account alone, and no longer by ${listed(restore)}. Copies that they made stay with them.`,
      undo: `Share database snapshot ${name} with exactly these again.`,
      cannotRestore: [],
      blastRadius: [...blastRadius(restore), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id, ...(arn === undefined ? {} : { arn }) },
    };
  },

  async execute(planned, account) {
    const name = nameOf(planned.target.id);
    const agreed = new Set(beforeOf(planned).restore);
    const left = (await readSharers(name, account)).filter((sharer) => agreed.has(sharer));
    if (left.length > 0) await changeSharers(name, { ValuesToRemove: left }, account);
  },

  async verify(planned, account) {
    const sharers = await sharersIfThere(nameOf(planned.target.id), account);
    if (!sharers) return { status: 'done', observed: 'the snapshot no longer exists' };
    return sharers.length === 0
      ? { status: 'done', observed: 'the snapshot is shared with nobody' }
      : { status: 'not-done', observed: `the snapshot is shared with ${listed(sharers)}` };
  },

  async rollback(planned, account) {
    const name = nameOf(planned.target.id);
    const now = new Set(await readSharers(name, account));
    const missing = beforeOf(planned).restore.filter((sharer) => !now.has(sharer));
    if (missing.length > 0) await changeSharers(name, { ValuesToAdd: missing }, account);
  },
});

async function sharersIfThere(name: string, account: Reader): Promise<readonly string[] | undefined> {
  try {
    return await readSharers(name, account);
  } catch (error) {
    if (error instanceof TargetNotFoundError) return undefined;
    throw error;
  }
}

function listed(sharers: readonly string[]): string {
  const words = sharers.map((sharer) => (sharer === 'all' ? 'everybody' : `account ${sharer}`));
  const { items, truncated } = boundedList(words, LISTED);
  return `${items.join(', ')}${truncated ? ` and ${sharers.length - LISTED} more` : ''}`;
}

function blastRadius(restore: readonly string[]): readonly Consequence[] {
  const accounts = restore.filter((sharer) => sharer !== 'all').length;
  const isPublic = restore.includes('all');
  return [
    {
      what: `accounts that can no longer restore the snapshot${isPublic ? ', apart from everybody else' : ''}`,
      count: isPublic ? null : accounts,
      evidence: 'DescribeDBSnapshotAttributes restore; who is behind all is not known',
    },
    {
      what: 'databases and programs of this account that notice',
      count: 0,
      evidence: 'Sharing a snapshot touches neither its database nor what was restored from it',
    },
  ];
}
