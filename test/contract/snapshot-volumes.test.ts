import { afterEach, expect, test } from 'vitest';
import { snapshotVolumes } from '../../functions/actions/snapshot-volumes/action.ts';
import { volumesWithout } from '../../functions/actions/snapshot-volumes/snapshots.ts';
import type { Execution } from '../../functions/core/account.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { INNOCENT, instances, network, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

async function prepare(id: string) {
  const { planned } = await planCase(snapshotVolumes, { target: target('instance', id) }, under);
  return { planned, session: await under.session(snapshotVolumes, planned) };
}

test('two instances of one plan keep their snapshots apart', async () => {
  under = await AccountUnderTest.start({ ec2: { ...network(), instances: instances() } });
  const first = await prepare(TARGET);
  const second = await prepare(INNOCENT);
  await snapshotVolumes.execute(first.planned, first.session, execution);
  await snapshotVolumes.execute(second.planned, second.session, execution);
  await snapshotVolumes.rollback(first.planned, first.session, execution);
  const { snapshots } = under.cloud.region(ACCOUNT, REGION).ec2;
  expect(Object.values(snapshots).map((one) => one.volumeId)).toEqual(['vol-0b000000000000001']);
});

test('snapshots carry whose they are, under the reserved keys', async () => {
  under = await AccountUnderTest.start({ ec2: { ...network(), instances: instances() } });
  const { planned, session } = await prepare(TARGET);
  await snapshotVolumes.execute(planned, session, execution);
  const { snapshots, tags } = under.cloud.region(ACCOUNT, REGION).ec2;
  expect(Object.keys(snapshots)).toHaveLength(2);
  for (const id of Object.keys(snapshots))
    expect(tags[id]).toEqual({
      'sallyport:action': 'snapshot-volumes',
      'sallyport:incident': INCIDENT,
      'sallyport:plan': 'a'.repeat(64),
    });
});

test('another plan’s snapshots are no evidence of this one', async () => {
  under = await AccountUnderTest.start({ ec2: { ...network(), instances: instances() } });
  const { planned, session } = await prepare(TARGET);
  await snapshotVolumes.execute(planned, session, execution);
  const other = { ...execution, manifestHash: 'b'.repeat(64) };
  expect((await snapshotVolumes.verify(planned, session, other)).status).toBe('not-done');
});

test('an instance without volumes is only protected', async () => {
  under = await AccountUnderTest.start({ ec2: { ...network(), instances: instances({ volumes: [] }) } });
  const { planned, session } = await prepare(TARGET);
  await snapshotVolumes.execute(planned, session, execution);
  expect((await snapshotVolumes.verify(planned, session, execution)).status).toBe('done');
});

test('a snapshot that failed is none, one that is pending is one', () => {
  const volumes = ['vol-1', 'vol-2'].map((id) => ({ id, device: id, deleted: true }));
  const snapshots = [
    { VolumeId: 'vol-1', State: 'error' as const },
    { VolumeId: 'vol-2', State: 'pending' as const },
  ];
  expect(volumesWithout({ protected: false, volumes }, snapshots)).toEqual(['vol-1']);
});
