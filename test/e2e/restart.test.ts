import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { seedOf, startTestCloud, type TestCloud } from './cloud.ts';
import { sallyport } from './run.ts';
import { findingAbout, victim } from './victims.ts';

const attacked = victim('stolen-key', 1);
const seed = seedOf([attacked]);
const file = join(seed, 'finding.json');
writeFileSync(file, JSON.stringify(findingAbout(attacked)));
const stateDirectory = mkdtempSync(join(tmpdir(), 'sallyport-restart-'));
let test: TestCloud | undefined;
afterAll(async () => {
  await test?.cloud.stop();
  rmSync(stateDirectory, { recursive: true, force: true });
  rmSync(seed, { recursive: true });
});

it('what waits for a person outlives the cloud: approved, kept, rolled back and asked again by other processes', async () => {
  test = await startTestCloud({ accountSeed: seed, stateDirectory });
  const userNow = () =>
    test?.cloud.accounts.snapshot().accounts[test.cloud.account]?.iam.users[attacked.user];
  const untouched = userNow();
  const waiting = await test.respond(findingAbout(attacked));
  expect(waiting.status).toBe('awaiting-approval');
  await test.cloud.stop();

  test = await startTestCloud({ stateDirectory, mode: undefined });
  await test.cloud.idle();
  expect((await test.session.ledger.read(waiting.id)).heads).toEqual(waiting.heads);

  const approved = await sallyport(['approve', waiting.id, '--json'], stateDirectory);
  expect(approved).toMatchObject({ code: 0, error: '' });
  expect(JSON.parse(approved.out)).toMatchObject({ incident: waiting.id, outcome: 'contained' });
  expect(userNow()?.accessKeys[0]?.status).toBe('Inactive');

  const kept = await sallyport(['renew', waiting.id, '--permanent', '--reason', 'leaver'], stateDirectory);
  expect(kept).toMatchObject({ code: 0, error: '' });
  expect(kept.out).toContain(`${waiting.id}: closed`);

  const undone = await sallyport(['rollback', waiting.id, '--json'], stateDirectory);
  expect(undone).toMatchObject({ code: 0, error: '' });
  expect(JSON.parse(undone.out)).toMatchObject({ outcome: 'closed' });
  expect(userNow()).toEqual(untouched);
  await test.cloud.idle();

  const closed = await test.session.ledger.read(waiting.id);
  const again = await sallyport(['respond', file, '--json'], stateDirectory);
  expect(again.code).toBe(0);
  expect(JSON.parse(again.out).outcomes).toMatchObject([{ incident: waiting.id, outcome: 'closed' }]);
  await test.cloud.idle();
  expect((await test.session.ledger.read(waiting.id)).heads).toEqual(closed.heads);
  expect(userNow()).toEqual(untouched);
}, 120_000);
