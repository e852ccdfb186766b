import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from '../../cli/audit.ts';
import { suppressionOf } from '../../cli/suppressions.ts';
import { demoDirectory } from '../../cli/tell-story.ts';
import type { EventEnvelope } from '../../functions/core/source.ts';
import { Suppression } from '../../functions/core/suppression.ts';
import { parseEnvelope } from '../../functions/sources/normalise.ts';
import { demoFinding, incidentOf, startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { sallyport } from '../e2e/run.ts';
import { synthesizeOrganization } from './organization.ts';

/** A port probe of an instance, Low. */
const probe = demoFinding('benign');
const [finding] = parseEnvelope(probe);
const account = finding?.cloud.account ?? '';
const target = finding?.entities.find(({ kind }) => kind === 'instance')?.id ?? '';
const rule = Suppression.parse({
  id: 'probes',
  reason: 'ports of the shop are probed all day',
  owner: 'platform@example.com',
  expires: '2036-12-31',
  types: ['Recon:EC2/*'],
  accounts: [account],
  entities: [{ kind: 'instance', id: target }],
});

/** The same instance is a honeypot, by a tag that only AWS can tell. */
const tagged = Suppression.parse({
  id: 'honeypots',
  reason: 'the research team looks at whoever guesses there',
  owner: 'research-team',
  expires: '2036-12-31',
  types: ['UnauthorizedAccess:EC2/SSHBruteForce'],
  tag: { key: 'sallyport:suppress', value: 'honeypot' },
});

/** The demo's account, with the tag on that instance. */
function taggedSeed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-seed-'));
  cpSync(demoDirectory, folder, { recursive: true });
  const file = join(folder, 'account.json');
  const seed = JSON.parse(readFileSync(file, 'utf8'));
  for (const instance of seed.ec2.instances)
    if (instance.instanceId === target)
      instance.tags = { ...instance.tags, 'sallyport:suppress': 'honeypot' };
  writeFileSync(file, JSON.stringify(seed));
  return folder;
}

let assembly: string;
let seed: string;
let test: TestCloud;
beforeAll(async () => {
  assembly = synthesizeOrganization({}, { suppressions: { suppressions: [rule, tagged] } });
  seed = taggedSeed();
  test = await startTestCloud({ accountSeed: seed, assembly });
});
afterAll(async () => {
  await test.stop();
  for (const folder of [assembly, seed]) rmSync(folder, { recursive: true });
});

async function delivered(event: EventEnvelope) {
  await test.session.deliver(event);
  await test.cloud.idle();
  const [one] = parseEnvelope(event);
  if (!one) throw new Error('the event holds no finding');
  return suppressionOf(one, test.session);
}

it('a finding that a rule is for opens nothing, and is in the ledger with the rule', async () => {
  expect(await delivered(probe)).toMatchObject({
    rule: { id: 'probes', owner: 'platform@example.com' },
    finding,
  });
  expect((await test.session.ledger.read(incidentOf(probe))).status).toBe('empty');
  expect(await audit(test.session)).toMatchObject({ ok: true });
});

it('the command line says so', async () => {
  const file = join(demoDirectory, 'findings', 'benign.json');
  const { out } = await sallyport(['respond', '--json', file], test.stateDirectory);
  expect(JSON.parse(out).outcomes).toMatchObject([
    { incident: null, outcome: 'suppressed', reason: expect.stringContaining('the rule probes') },
  ]);
  const listed = await sallyport(['suppressions', '--days', '9999', '--json'], test.stateDirectory);
  // This checkout's own policies have no such rule.
  expect(JSON.parse(listed.out).suppressions).toMatchObject([{ id: 'probes', state: 'gone', suppressed: 1 }]);
});

it('a rule that asks for a tag reads it from AWS, with the power that the template gives for it', async () => {
  const detail = { ...probe.detail, id: 'brute-force', type: 'UnauthorizedAccess:EC2/SSHBruteForce' };
  const guessed = { ...probe, id: 'eeeeeeee-0000-4000-8000-000000000000', detail };
  expect(await delivered(guessed)).toMatchObject({ rule: { id: 'honeypots' } });
});

it('the same finding is answered once AWS calls it grave', async () => {
  const detail = { ...probe.detail, severity: 8, updatedAt: new Date().toISOString() };
  const graver = { ...probe, id: 'ffffffff-0000-4000-8000-000000000000', detail };
  expect(await delivered(graver)).toBeUndefined();
  expect((await test.session.ledger.read(incidentOf(graver))).findings).toMatchObject([{ severity: 'High' }]);
});
