import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedOf, startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { findingAbout, victim } from '../e2e/victims.ts';
import { assemblyWith, withNumbers } from './other-data.ts';

const [ignored, held] = [victim('stolen-key', 1), victim('stolen-key', 2)] as const;
const seed = seedOf([ignored, held]);
// A person has three seconds to decide, and a containment stands for two.
const hasty = assemblyWith(withNumbers({ approvalHours: 3 / 3600, leaseHours: 2 / 3600 }));
let test: TestCloud;
beforeAll(async () => {
  test = await startTestCloud({ accountSeed: seed, assembly: hasty });
});
afterAll(async () => {
  await test.stop();
  for (const folder of [hasty, seed]) rmSync(folder, { recursive: true });
});

it('an approval that nobody gives in time escalates, changes nothing, and its link decides no more', async () => {
  const waiting = await test.respond(findingAbout(ignored));
  expect(waiting.status).toBe('awaiting-approval');
  const escalated = await test.until(waiting.id, ({ status }) => status === 'escalated');
  expect(escalated.ending?.reason).toBe('nobody decided in time');
  expect(escalated.effects).toEqual([]);
  await test.cloud.idle();
  expect(test.cloud.mails().some(({ subject }) => subject.includes('Needs you'))).toBe(true);
  const late = await test.ask(waiting, 'decision', { outcome: 'approve', reason: 'better late than never' });
  expect(late.status).toBe(409);
});

it('a lease that ends does not give access back by itself; the person who asks for it then gets it', async () => {
  const user = () => test.cloud.accounts.snapshot().accounts[test.cloud.account]?.iam.users[held.user];
  const untouched = user();
  const waiting = await test.respond(findingAbout(held));
  await test.ask(waiting, 'decision', { outcome: 'approve', reason: 'stolen' });
  const escalated = await test.until(waiting.id, ({ status }) => status === 'escalated');
  expect(escalated.ending?.reason).toContain('giving access back needs a person');
  expect(user()?.accessKeys[0]?.status).toBe('Inactive');
  await test.cloud.idle();

  expect((await test.ask(escalated, 'rollback', { reason: 'all clear' })).status).toBe(202);
  const closed = await test.until(waiting.id, ({ status }) => status === 'closed');
  expect(closed.ending?.reason).toBe('the containment was rolled back');
  expect(user()).toEqual(untouched);
});
