import { defineAction, type Verification } from '../../core/account.ts';
import { boundedList } from '../../core/bounded.ts';
import { NothingToDoError, TargetNotFoundError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { fillResource } from '../../core/resource-pattern.ts';
import {
  beforeOf,
  Parameters,
  readShares,
  readSnapshot,
  reads,
  type Shares,
  writeShares,
  writes,
} from './shares.ts';

/** Snapshots have no account in their ARN. */
const snapshotArn = (id: string) => `arn:{partition}:ec2:{region}::snapshot/${id}`;
const narrow = (planned: PlannedAction) => [snapshotArn(planned.target.id)];

/** As many account ids as a plan spells out. */
const LISTED = 8;

/** Takes a disk's copy back from everybody and from other accounts; what they made of it before is theirs. */
export const unshareSnapshot = defineAction({
  id: 'unshare-snapshot',
  title: 'Stop sharing an EBS snapshot',
  targets: ['snapshot'],
  danger: 'low',
  family: 'compute',
  order: 'network',
  params: Parameters,
  reads,
  writes,
  permissions: [
    { actions: ['ec2:DescribeSnapshots'], resources: ['*'] },
    {
      actions: ['ec2:DescribeSnapshotAttribute', 'ec2:ModifySnapshotAttribute'],
      resources: [snapshotArn('*')],
      narrow,
    },
  ],

  async plan(target, params, account) {
    const { Tags: tags } = await readSnapshot(target.id, account);
    const before = await readShares(target.id, params, account);
    if (!before.everybody && before.accounts.length === 0)
      throw new NothingToDoError(`EBS snapshot ${target.id}`, `is ${unsharedWords(params)}`);
    return {
      before,
      expected: { everybody: false, accounts: [] },
      change: `EBS snapshot ${target.id} is no longer shared with ${shown(before)}: they can neither copy it nor make volumes of it. Copies and volumes that they made before stay theirs.`,
      undo: `Share ${target.id} with ${shown(before)} again.`,
      cannotRestore: [],
      blastRadius: [...blastRadius(before), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id, arn: fillResource(snapshotArn(target.id), target) },
    };
  },

  execute: (planned, account) => writeShares(planned.target.id, 'remove', beforeOf(planned), account),

  async verify(planned, account) {
    const params = Parameters.parse(planned.params);
    try {
      return verification(await readShares(planned.target.id, params, account), params);
    } catch (error) {
      if (!(error instanceof TargetNotFoundError)) throw error;
      return { status: 'done', observed: 'the snapshot no longer exists' };
    }
  },

  rollback: (planned, account) => writeShares(planned.target.id, 'add', beforeOf(planned), account),
});

/** Every share in question counts, also one that was made since the plan. */
function verification(shares: Shares, params: Parameters): Verification {
  return shares.everybody || shares.accounts.length > 0
    ? { status: 'not-done', observed: `the snapshot is shared with ${shown(shares)}` }
    : { status: 'done', observed: `the snapshot is ${unsharedWords(params)}` };
}

function unsharedWords({ only }: Parameters): string {
  return only === 'public' ? 'not public' : 'shared with nobody';
}

function shown({ everybody, accounts }: Shares): string {
  const { items, truncated } = boundedList(accounts, LISTED);
  const more = truncated ? [`${accounts.length - LISTED} more account(s)`] : [];
  return [...(everybody ? ['everybody on AWS'] : []), ...items.map((id) => `account ${id}`), ...more].join(
    ', ',
  );
}

function blastRadius({ everybody, accounts }: Shares): readonly Consequence[] {
  const named = {
    what: 'other accounts, by name, that can no longer use the snapshot',
    count: accounts.length,
    evidence: 'DescribeSnapshotAttribute',
  };
  const unnamed = {
    what: 'accounts that use the snapshot because it is public',
    count: null,
    evidence: 'not available: AWS does not tell an owner who uses a public snapshot',
  };
  return everybody ? [named, unnamed] : [named];
}
