import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalLink, approveAsDemo } from '../../cli/approve-as-demo.ts';
import { audit } from '../../cli/audit.ts';
import { stories } from '../../cli/demo-stories.ts';
import { demoDirectory } from '../../cli/tell-story.ts';
import { entriesOf } from '../../functions/core/incident.ts';
import { demoFinding, entryTypes, startTestCloud, type TestCloud } from '../e2e/cloud.ts';

let test: TestCloud;
beforeAll(async () => {
  test = await startTestCloud({ accountSeed: demoDirectory });
});
afterAll(() => test.stop());

/** What the demo says of the account, read back through its own API: which of it holds. */
async function factsOf(name: string): Promise<boolean[]> {
  const story = stories.find((one) => one.name === name);
  const facts = (await story?.facts(test.session.cloud)) ?? [];
  return facts.map(({ holds }) => holds);
}

const account = () => test.cloud.accounts.snapshot().accounts[test.cloud.account];

describe('an instance that talks to a command-and-control server', () => {
  it('is snapshotted and isolated after a person approved on the page that the mail leads to', async () => {
    const waiting = await test.respond(demoFinding('c2-instance'));
    expect(waiting.status).toBe('awaiting-approval');
    expect(waiting.decision?.decision).toMatchObject({ outcome: 'needs-approval' });
    expect((await factsOf('c2-instance')).some(Boolean)).toBe(false);

    const link = await approvalLink(test.session.cloud, waiting.id);
    expect(link).toContain(`${test.cloud.consoleUrl}/approvals/`);
    expect(test.cloud.messages().map(({ blocks }) => JSON.stringify(blocks))).toEqual([
      expect.stringContaining('/approvals/'),
    ]);
    await approveAsDemo(test.session.cloud, link ?? '');
    await test.cloud.idle();
    const contained = await test.session.ledger.read(waiting.id);
    expect(contained.status).toBe('contained');
    expect(contained.approvals).toMatchObject([{ approver: 'demo-approver', channel: 'page' }]);
    expect(await factsOf('c2-instance')).toEqual([true, true]);
  });

  it('is recorded step by step, each intent before its effect and each effect before its check', async () => {
    const incident = await test.session.ledger.read((await test.respond(demoFinding('c2-instance'))).id);
    const told = entryTypes(incident).filter((type) => type !== 'tool-called' && type !== 'model-turn');
    expect(told).toEqual([
      'finding-received',
      'verdict-reached',
      'verdict-reached',
      'plan-proposed',
      'decision-made',
      'evidence-preserved',
      'approval-requested',
      'approval-given',
      'decision-made',
      ...['intent-recorded', 'effect-finished', 'effect-verified'],
      ...['intent-recorded', 'effect-finished', 'effect-verified'],
      'containment-held',
      'evidence-preserved',
    ]);
    const changes = test.cloud
      .callLog()
      .filter(
        ({ role, operation }) => role === 'sallyport-remediate-compute' && operation === 'CreateSnapshots',
      );
    const [intent] = incident.timeline.filter(({ entry }) => entry.type === 'intent-recorded');
    expect(changes.length).toBe(1);
    expect(String(intent?.at) <= String(changes[0]?.at)).toBe(true);
  });

  it('is not responded to again when the same finding comes once more', async () => {
    const before = await test.session.ledger.read((await test.respond(demoFinding('c2-instance'))).id);
    const again = await test.respond(demoFinding('c2-instance'));
    expect(again.heads).toEqual(before.heads);
  });
});

describe('a stolen access key', () => {
  it('is cut off after an approval by the signed route, and given back by a rollback exactly as it was', async () => {
    const untouched = account()?.iam;
    const waiting = await test.respond(demoFinding('stolen-key'));
    expect(waiting.status).toBe('awaiting-approval');
    const { status } = await test.ask(waiting, 'decision', { outcome: 'approve', reason: 'it is stolen' });
    expect(status).toBe(200);
    await test.cloud.idle();
    const contained = await test.session.ledger.read(waiting.id);
    expect(contained.status).toBe('contained');
    expect(contained.approvals).toMatchObject([{ channel: 'cli', reason: 'it is stolen' }]);
    expect(await factsOf('stolen-key')).toEqual([true, true, true]);

    expect((await test.ask(contained, 'rollback', { reason: 'it was a drill' })).status).toBe(202);
    const closed = await test.until(waiting.id, (incident) => incident.status === 'closed');
    expect(closed.ending?.reason).toBe('the containment was rolled back');
    expect(withoutUse(account()?.iam)).toEqual(withoutUse(untouched));
  });
});

describe('a port probe of a server that nobody outside can reach', () => {
  it('is closed as benign, with claims that cite their evidence, and nothing is decided on or changed', async () => {
    const closed = await test.respond(demoFinding('benign'));
    expect(closed.status).toBe('closed');
    expect(closed.verdict?.verdict.disposition).toBe('benign');
    for (const { cites } of closed.verdict?.verdict.claims ?? [])
      for (const { evidence } of cites) expect(evidence).toMatch(/^(ev-[0-9a-f]{12}|finding.*)$/);
    expect(entriesOf(closed, 'decision-made').map(({ purpose }) => purpose)).toEqual(['dismiss']);
    expect(closed.effects).toEqual([]);
    expect(await factsOf('benign')).toEqual([true]);
  });
});

it('the whole record of the three stories holds together', async () => {
  const record = await audit(test.session);
  expect(record).toMatchObject({ ok: true, incidents: 3, problems: [] });
});

/** Trying the stolen key, as the demo does, is a use of it. */
function withoutUse(iam: unknown): unknown {
  return JSON.parse(JSON.stringify(iam, (name, value) => (name === 'lastUsed' ? undefined : value)));
}
