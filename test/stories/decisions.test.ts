import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalLink, approveAsDemo } from '../../cli/approve-as-demo.ts';
import { verifyChain } from '../../functions/core/commit.ts';
import type { Incident } from '../../functions/core/incident.ts';
import { entryTypes, seedOf, startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { findingAbout, type Victim, victim } from '../e2e/victims.ts';

const victims = Array.from({ length: 8 }, (_, index) => victim('stolen-key', index + 1));
let test: TestCloud;
let seed: string;
let fresh: Victim[];
beforeAll(async () => {
  seed = seedOf(victims);
  test = await startTestCloud({ accountSeed: seed });
  fresh = [...victims];
});
afterAll(async () => {
  await test.stop();
  rmSync(seed, { recursive: true });
});

/** Another key is stolen: the incident as it stands when nothing moves any more. */
async function steal(): Promise<{ readonly incident: Incident; readonly isActive: () => boolean }> {
  const next = fresh.shift();
  if (!next) throw new Error('more victims are needed');
  const incident = await test.respond(findingAbout(next));
  const isActive = () => {
    const [key] = test.cloud.accounts.account(test.cloud.account).iam.users[next.user]?.accessKeys ?? [];
    return key?.status === 'Active';
  };
  return { incident, isActive };
}

const now = ({ id }: Incident) => test.session.ledger.read(id);

describe('an approval link', () => {
  it('is the right to look, never to decide: whoever is not signed in is offered no answer, and one is refused', async () => {
    const { incident, isActive } = await steal();
    const link = (await approvalLink(test.session.cloud, incident.id)) ?? '';
    const page = await (await fetch(link)).text();
    expect(page).toContain(incident.plan?.manifestHash.slice(0, 12));
    expect(page).not.toContain('name="outcome"');
    const body = new URLSearchParams({
      outcome: 'approve',
      reason: 'let me',
      manifestHash: incident.plan?.manifestHash ?? '',
    });
    const headers = { origin: new URL(link).origin };
    const answer = await fetch(link, { method: 'POST', redirect: 'manual', headers, body });
    expect([401, 403]).toContain(answer.status);
    await test.cloud.idle();
    expect((await now(incident)).heads).toEqual(incident.heads);
    expect(isActive()).toBe(true);
  });

  it('works once: the plan that it approved is not offered again', async () => {
    const { incident } = await steal();
    const link = (await approvalLink(test.session.cloud, incident.id)) ?? '';
    await approveAsDemo(test.session.cloud, link);
    await test.cloud.idle();
    const contained = await now(incident);
    expect(contained.status).toBe('contained');
    await expect(approveAsDemo(test.session.cloud, link)).rejects.toThrow(/the approval page answered 4/);
    expect((await now(incident)).heads).toEqual(contained.heads);
  });
});

describe('a denial', () => {
  it('closes the incident with its reason, and nothing was changed', async () => {
    const { incident, isActive } = await steal();
    const reason = 'this is our penetration test';
    expect((await test.ask(incident, 'decision', { outcome: 'deny', reason })).status).toBe(200);
    await test.cloud.idle();
    const closed = await now(incident);
    expect(closed.status).toBe('closed');
    expect(closed.ending?.reason).toBe(`denied by demo-approver: ${reason}`);
    expect(closed.effects).toEqual([]);
    expect(isActive()).toBe(true);
    expect(
      test.cloud.mails().filter(({ subject, text }) => /Closed/.test(subject) && text.includes(incident.id)),
    ).not.toEqual([]);
  });

  it('needs a reason, and one of a plan that is not the one on the table is refused', async () => {
    const { incident } = await steal();
    expect((await test.ask(incident, 'decision', { outcome: 'deny', reason: ' ' })).status).toBe(400);
    const other = { outcome: 'approve', reason: 'x', manifestHash: 'f'.repeat(64) };
    expect((await test.ask(incident, 'decision', other)).status).toBe(409);
    expect((await now(incident)).status).toBe('awaiting-approval');
  });
});

describe('the mode', () => {
  it('observe: a plan is made and forbidden, a person is told, and nothing is changed', async () => {
    await test.setMode('observe');
    const { incident, isActive } = await steal();
    expect(incident.status).toBe('escalated');
    expect(incident.decision?.decision).toMatchObject({ outcome: 'forbidden' });
    expect(incident.plan?.manifest.actions.length).toBe(2);
    expect(incident.effects).toEqual([]);
    expect(isActive()).toBe(true);
  });

  it('off: nothing runs, also not what was approved a moment before', async () => {
    await test.setMode('act');
    const { incident, isActive } = await steal();
    expect(incident.status).toBe('awaiting-approval');
    await test.setMode('off');
    await test.ask(incident, 'decision', { outcome: 'approve', reason: 'go' });
    await test.cloud.idle();
    expect((await now(incident)).effects).toEqual([]);
    expect(isActive()).toBe(true);
    const { incident: later } = await steal();
    expect(later.effects).toEqual([]);
    expect(entryTypes(later)).not.toContain('approval-requested');
  });

  it('is changed by an entry each time, in order', async () => {
    await test.setMode('act');
    const commits = await test.session.table.after('system', 0);
    const changes = verifyChain('system', commits).flatMap(({ entries }) => entries);
    expect(changes.map(({ type, to }) => `${type} ${to}`)).toEqual(
      ['act', 'observe', 'act', 'off', 'act'].map((to) => `mode-changed ${to}`),
    );
  });
});

it('a finding about an account that the deployment does not cover is answered from no other account', async () => {
  const next = fresh.shift();
  if (!next) throw new Error('more victims are needed');
  const text = JSON.stringify(findingAbout(next)).replaceAll(test.cloud.account, '444455556666');
  const incident = await test.respond(JSON.parse(text));
  const { evidence, status, effects, plan } = incident;
  expect({ status, effects, plan }).toEqual({ status: 'escalated', effects: [], plan: undefined });
  expect(evidence.length).toBeGreaterThan(0);
  for (const piece of evidence.filter(({ tool }) => tool !== 'entity-history'))
    expect(piece).toMatchObject({
      status: 'failed',
      output: { reason: expect.stringContaining('AccountNotCoveredError') },
    });
});
