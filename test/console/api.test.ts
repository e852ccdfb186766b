import { describe, expect, it } from 'vitest';
import type { EntryOf } from '../../functions/core/entry.ts';
import { account, approvers, INCIDENT, lena, rosa } from './story.ts';
import { type Authorizer, answers, ask, signedIn, signedRequest, type World, world } from './world.ts';

const asLena = signedRequest(lena.principalArn ?? '');
const asRosa = signedRequest(`arn:aws:sts::${account}:assumed-role/OnCall/night`);

async function post(at: World, path: string, body: unknown, as?: Authorizer) {
  const init = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  };
  const { status, text } = await ask(at, path, init, as);
  return { status, body: JSON.parse(text) };
}

describe('a decision by the command line', () => {
  const path = `/api/incidents/${INCIDENT}/decision`;

  it('is recorded for the principal that signed the request', async () => {
    const at = await world();
    const sent = await post(at, path, { outcome: 'approve', manifestHash: at.hash }, asRosa);
    expect(sent).toEqual({ status: 200, body: { status: 'recorded', outcome: 'approve' } });
    expect(await answers(at)).toEqual(['approval-given by rosa']);
    expect(at.rung).toEqual(['approval']);
  });

  it('is refused for a principal that is no approver, and for nobody', async () => {
    const at = await world();
    const body = { outcome: 'approve', manifestHash: at.hash };
    for (const as of [undefined, signedRequest(`arn:aws:iam::${account}:user/eve`), signedIn(rosa)])
      expect((await post(at, path, body, as)).status).toBe(403);
    expect(await answers(at)).toEqual([]);
  });

  it('that comes late is refused', async () => {
    const at = await world();
    at.ledger.now = new Date('2026-11-21T07:00:00.000Z');
    const body = { outcome: 'approve', manifestHash: at.hash };
    expect(await post(at, path, body, asRosa)).toMatchObject({ status: 409, body: { cause: 'expired' } });
    expect(await answers(at)).toEqual([]);
    expect(at.rung).toEqual([]);
  });

  it('names what is wrong with the body', async () => {
    const at = await world();
    const sent = await post(at, path, { outcome: 'deny', manifestHash: at.hash, reason: ' ' }, asLena);
    expect(sent.status).toBe(400);
    expect(sent.body.message).toContain('reason');
    const approverInBody = { outcome: 'approve', manifestHash: at.hash, approver: 'rosa' };
    expect((await post(at, path, approverInBody, asLena)).status).toBe(400);
    expect(await answers(at)).toEqual([]);
  });

  it('for another plan, or an incident that is none, is refused', async () => {
    const at = await world();
    const body = { outcome: 'approve', manifestHash: 'c'.repeat(64) };
    expect(await post(at, path, body, asLena)).toMatchObject({
      status: 409,
      body: { cause: 'plan-changed' },
    });
    expect((await post(at, '/api/incidents/INC-1/decision', body, asLena)).status).toBe(400);
    const unknown = await post(at, '/api/incidents/INC-0000000000000000/decision', body, asLena);
    expect(unknown).toMatchObject({ status: 409, body: { cause: 'not-awaiting' } });
    expect(await answers(at)).toEqual([]);
  });

  it('shares its place with the page: one answer a person and plan', async () => {
    const at = await world();
    const body = { outcome: 'approve', manifestHash: at.hash };
    await post(at, path, body, asRosa);
    expect(await post(at, path, { ...body, outcome: 'deny', reason: 'no' }, asRosa)).toMatchObject({
      status: 409,
      body: { cause: 'already-decided' },
    });
  });
});

describe('a rollback by a person', () => {
  const path = `/api/incidents/${INCIDENT}/rollback`;
  const held = (hash: string): EntryOf<'effect'>[] => [
    {
      type: 'intent-recorded',
      generation: 1,
      manifestHash: hash,
      actionId: 'a2',
      direction: 'execute',
      action: 'isolate-instance',
      decision: 'd'.repeat(64),
    },
    {
      type: 'effect-verified',
      generation: 1,
      manifestHash: hash,
      actionId: 'a2',
      direction: 'execute',
      verified: true,
      observed: 'no way in or out',
    },
    { type: 'containment-held', generation: 1, manifestHash: hash, leaseEndsAt: '2026-11-22T03:00:00.000Z' },
  ];

  async function contained(change: Parameters<typeof world>[1] = {}) {
    const at = await world({}, change);
    await at.ledger.append(INCIDENT, 'effect', 'held', () => held(at.hash));
    return { at, body: { manifestHash: at.hash, reason: 'it was our own scanner' } };
  }

  it('is recorded with its reason and ends the lease', async () => {
    const { at, body } = await contained();
    const sent = await post(at, path, body, asRosa);
    expect(sent).toEqual({ status: 202, body: { status: 'requested', how: 'lease-ended' } });
    const { approvals } = await at.ledger.read(INCIDENT);
    expect(approvals).toMatchObject([{ purpose: 'rollback', approver: 'rosa', reason: body.reason }]);
    expect(at.rung).toEqual(['lease']);
    expect(at.started).toEqual([]);
  });

  it('starts the workflow when nobody waits any more, and once for a double click', async () => {
    const { at, body } = await contained({ doorbells: { ring: () => Promise.resolve('nobody-waits') } });
    expect((await post(at, path, body, asRosa)).body).toEqual({ status: 'requested', how: 'started' });
    await post(at, path, body, asRosa);
    expect(new Set(at.started.map((start) => JSON.stringify(start))).size).toBe(1);
  });

  it('may be asked for again after one that failed and was escalated', async () => {
    const { at, body } = await contained({ doorbells: { ring: () => Promise.resolve('nobody-waits') } });
    await post(at, path, body, asRosa);
    await at.ledger.append(INCIDENT, 'decision', 'failed', () => [
      { type: 'incident-escalated', generation: 1, reason: 'the rollback failed' },
    ]);
    await post(at, path, body, asRosa);
    expect(at.started.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('goes through while the kill switch is off', async () => {
    const { at, body } = await contained();
    at.switched.push('off');
    expect((await post(at, path, body, asRosa)).status).toBe(202);
  });

  it('is refused where nothing is in force', async () => {
    const at = await world();
    const sent = await post(at, path, { manifestHash: at.hash, reason: 'why not' }, asRosa);
    expect(sent).toMatchObject({ status: 409, body: { cause: 'nothing-to-undo' } });
    expect(at.rung).toEqual([]);
  });

  it('is refused for another plan than the one that was looked at', async () => {
    const { at, body } = await contained();
    const other = { ...body, manifestHash: 'c'.repeat(64) };
    expect(await post(at, path, other, asRosa)).toMatchObject({
      status: 409,
      body: { cause: 'plan-changed' },
    });
  });
});

describe('the mode', () => {
  it('is raised by an owner or a lead: first the entry, then the switch', async () => {
    const at = await world();
    at.switched.push('observe');
    const sent = await post(at, '/api/mode', { to: 'propose', reason: 'the trial is over' }, asLena);
    expect(sent).toEqual({ status: 200, body: { status: 'changed', from: 'observe', to: 'propose' } });
    expect(at.ledger.outside).toMatchObject([
      { partition: 'system', entry: { type: 'mode-changed', from: 'observe', to: 'propose', by: 'lena' } },
    ]);
    expect(at.switched).toEqual(['observe', 'propose']);
  });

  it('is not raised to act while the deployment has no sign-in', async () => {
    const at = await world();
    at.switched.push('propose');
    const { oidcIssuer: _, ...settings } = at.settings;
    const { consoleApp } = await import('../../functions/console/app.ts');
    const sent = await post(
      { ...at, app: consoleApp(settings) },
      '/api/mode',
      { to: 'act', reason: 'now' },
      asLena,
    );
    expect(sent).toMatchObject({ status: 403, body: { policies: ['act-needs-sign-in'] } });
    expect(at.switched).toEqual(['propose']);
    expect(at.ledger.outside).toEqual([]);
  });

  it('does not move when the entry cannot be written', async () => {
    const at = await world();
    at.ledger.appendOutside = () => Promise.reject(new Error('the ledger is away'));
    const { status } = await ask(
      at,
      '/api/mode',
      { method: 'POST', body: JSON.stringify({ to: 'off', reason: 'stop' }) },
      asLena,
    );
    expect(status).toBe(500);
    expect(at.switched).toEqual([]);
  });

  it('is written as off even where it already reads as off, since unreadable reads so too', async () => {
    const at = await world();
    at.switched.push('off');
    await post(at, '/api/mode', { to: 'off', reason: 'to be sure' }, asRosa);
    expect(at.switched).toEqual(['off', 'off']);
  });
});

describe('POST /api/incidents/:id/lease', () => {
  const path = `/api/incidents/${INCIDENT}/lease`;
  const contained = async (change: Parameters<typeof world>[1] = {}) => {
    const at = await world({}, change);
    const leaseEndsAt = '2026-11-22T03:00:00.000Z';
    await at.ledger.append(INCIDENT, 'effect', 'held', () => [
      { type: 'containment-held', generation: 1, manifestHash: at.hash, leaseEndsAt },
    ]);
    return { at, body: { manifestHash: at.hash, reason: 'the forensics team is at it', hours: 48 } };
  };

  it('keeps the containment for the hours asked for, and wakes the execution that waits for its end', async () => {
    const { at, body } = await contained();
    const sent = await post(at, path, body, asRosa);
    const leaseEndsAt = new Date(at.settings.clock().getTime() + 48 * 3600 * 1000).toISOString();
    expect(sent).toEqual({ status: 200, body: { status: 'renewed', leaseEndsAt } });
    expect((await at.ledger.read(INCIDENT)).leaseEndsAt).toBe(leaseEndsAt);
    expect(at.rung).toEqual(['lease']);
  });

  it('is for good only from an owner or a lead', async () => {
    const nightShift = approvers.map((one) =>
      one.id === 'rosa' ? { ...one, roles: ['responder' as const] } : one,
    );
    const { at, body } = await contained({ approvers: nightShift });
    const { hours: _hours, ...forGood } = body;
    const refused = await post(at, path, forGood, asRosa);
    expect([refused.status, refused.body.cause]).toEqual([403, 'policy']);
    expect((await at.ledger.read(INCIDENT)).leaseEndsAt).toBe('2026-11-22T03:00:00.000Z');
    const owned = await contained();
    const { status, body: said } = await post(
      owned.at,
      path,
      { ...forGood, manifestHash: owned.at.hash },
      asRosa,
    );
    expect([status, said]).toEqual([200, { status: 'renewed', leaseEndsAt: null }]);
  });

  it.each([
    ['no hours at all', { hours: 0 }],
    ['more hours than a lease may have', { hours: 721 }],
    ['no reason', { reason: ' ' }],
  ])('is refused with %s', async (_, change) => {
    const { at, body } = await contained();
    expect((await post(at, path, { ...body, ...change }, asRosa)).status).toBe(400);
  });

  it('is refused for another plan, and where nothing is contained', async () => {
    const { at, body } = await contained();
    const other = await post(at, path, { ...body, manifestHash: 'a'.repeat(64) }, asRosa);
    expect([other.status, other.body.cause]).toEqual([409, 'plan-changed']);
    const waiting = await world();
    const early = await post(waiting, path, { ...body, manifestHash: waiting.hash }, asRosa);
    expect([early.status, early.body.cause]).toEqual([409, 'not-contained']);
    expect(waiting.rung).toEqual([]);
  });
});
