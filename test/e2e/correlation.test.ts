import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventEnvelope } from '../../functions/core/source.ts';
import { supplementOf } from '../../functions/response/correlate.ts';
import { entryTypes, seedOf, startTestCloud, type TestCloud } from './cloud.ts';
import { findingAbout, type Victim, victim } from './victims.ts';

const stolen = victim('stolen-key', 1);
let test: TestCloud;
let seed: string;
beforeAll(async () => {
  seed = seedOf([stolen]);
  test = await startTestCloud({ accountSeed: seed });
});
afterAll(async () => {
  await test.stop();
  rmSync(seed, { recursive: true });
});

/** Another finding about the same key. */
function another(about: Victim, id: string, type: string): EventEnvelope {
  const event = findingAbout(about);
  return { ...event, id, detail: { ...event.detail, id, type } };
}

const count = (types: readonly string[], type: string) => types.filter((one) => one === type).length;

it('what comes in while people are asked is looked at at once, and what comes in after the containment by itself', async () => {
  const asked = await test.respond(findingAbout(stolen));
  expect(asked.status).toBe('awaiting-approval');
  const approvals = () =>
    test.cloud.mails().filter(({ subject, text }) => /^Decide by/.test(subject) && text.includes(asked.id));
  const mails = approvals().length;

  await test.session.deliver(another(stolen, 'f-recon', 'Recon:IAMUser/TorIPCaller'));
  const again = await test.until(
    asked.id,
    (incident) =>
      count(entryTypes(incident), 'plan-proposed') === 2 && incident.status === 'awaiting-approval',
  );
  await test.cloud.idle();
  expect(again.plan?.manifestHash).toBe(asked.plan?.manifestHash);
  expect(count(entryTypes(again), 'approval-requested')).toBe(1);
  expect(approvals()).toHaveLength(mails);

  await test.session.deliver(another(stolen, 'f-recon-2', 'Recon:IAMUser/TorIPCaller'));
  await test.cloud.idle();
  const noise = await test.session.ledger.read(asked.id);
  expect(count(entryTypes(noise), 'plan-proposed')).toBe(2);

  const answer = await test.ask(again, 'decision', { outcome: 'approve', reason: 'it is an attack' });
  expect(answer.status).toBe(200);
  await test.cloud.idle();
  const contained = await test.session.ledger.read(asked.id);
  expect(contained.status).toBe('contained');

  await test.session.deliver(another(stolen, 'f-late', 'Persistence:IAMUser/AnomalousBehavior'));
  await test.cloud.idle();
  const after = await test.session.ledger.read(asked.id);
  const supplement = await test.session.ledger.read(supplementOf(after));
  expect(after).toMatchObject({ status: 'contained', leaseEndsAt: contained.leaseEndsAt });
  expect(entryTypes(supplement)).toContain('verdict-reached');
  expect(supplement.status).not.toBe('working');
});
