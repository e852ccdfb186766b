import { CancelKeyDeletionCommand, EnableKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { type ActionCase, REGION, target } from '../action-case.ts';

export const KEY = '0a000000-0000-4000-8000-000000000001';
const INNOCENT = '0b000000-0000-4000-8000-000000000001';
const DOOMED = '0b000000-0000-4000-8000-000000000002';
const PRIMARY = `mrk-${'0a'.repeat(16)}`;

/** All but the moment at which the target is deleted. */
function restorable({ iam, regions }: AccountState): unknown {
  const { kms, ...rest } = regions[REGION] ?? {};
  const { deletionDate, ...key } = kms?.keys[KEY] ?? {};
  return [iam, rest, { ...kms?.keys, [KEY]: key }, deletionDate !== undefined];
}

const common = {
  target: target('key', KEY),
  restorable,
  innocent: ({ iam, regions }) => [
    iam,
    regions[REGION]?.kms.keys[INNOCENT],
    regions[REGION]?.kms.keys[DOOMED],
  ],
  trespasses: () => [
    new ScheduleKeyDeletionCommand({ KeyId: INNOCENT, PendingWindowInDays: 30 }),
    new CancelKeyDeletionCommand({ KeyId: DOOMED }),
    new EnableKeyCommand({ KeyId: INNOCENT }),
  ],
} satisfies Partial<ActionCase>;

const keys = (key: object) => ({
  kms: {
    keys: [
      key,
      { keyId: INNOCENT, keyState: 'Disabled' },
      { keyId: DOOMED, deletion: { scheduled: '-P1D' } },
    ],
  },
});

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'a key with weeks left',
    seed: keys({ keyId: KEY, deletion: { scheduled: '-P3D', pendingWindowInDays: 30 } }),
  },
  {
    ...common,
    name: 'a protected key of a stack with a day left',
    seed: keys({
      keyId: KEY,
      deletion: { scheduled: '-P6D', pendingWindowInDays: 7 },
      tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'orders' },
    }),
  },
  {
    name: 'a primary key that waits for its replicas',
    target: target('key', PRIMARY),
    innocent: common.innocent,
    trespasses: common.trespasses,
    seed: keys({ keyId: PRIMARY, replicas: 2, deletion: { scheduled: '-P3D', pendingWindowInDays: 14 } }),
  },
];
