import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../cli/audit.ts';
import { entriesOf, type Incident } from '../../functions/core/incident.ts';
import { proposedIncident } from '../../functions/response/correlate.ts';
import { startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { accountOf, activityOf, findingAbout, victim } from '../e2e/victims.ts';
import { assemblyWith, withNumbers } from './other-data.ts';

const stolen = victim('stolen-key', 1);

/** The victim's account, whose user may make keys for himself. */
function seedWithPower(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-sweep-'));
  const Statement = [{ Effect: 'Allow', Action: 'iam:CreateAccessKey', Resource: '*' }];
  const inlinePolicies = { keys: { Version: '2012-10-17', Statement } };
  const account = accountOf([stolen]) as { iam: { users: object[] } };
  const users = account.iam.users.map((user) => ({ ...user, inlinePolicies }));
  writeFileSync(join(folder, 'account.json'), JSON.stringify({ ...account, iam: { users } }));
  writeFileSync(join(folder, 'activity.json'), JSON.stringify(activityOf([stolen])));
  return folder;
}

/** Whoever stole the key makes himself another one with it. */
async function makeAnother({ cloud }: TestCloud): Promise<string> {
  const credentials = { accessKeyId: stolen.accessKey, secretAccessKey: 'sandbox' };
  const client = new IAMClient({ endpoint: cloud.endpoint, region: cloud.region, credentials });
  const { AccessKey: key } = await client.send(new CreateAccessKeyCommand({}));
  return key?.AccessKeyId ?? '';
}

const keysOf = ({ cloud }: TestCloud) =>
  Object.fromEntries(
    (cloud.accounts.snapshot().accounts[cloud.account]?.iam.users[stolen.user]?.accessKeys ?? []).map(
      ({ accessKeyId, status }) => [accessKeyId, status],
    ),
  );
const found = (incident: Incident) => entriesOf(incident, 'footholds-found');
const approval = { outcome: 'approve', reason: 'it is an attack' };

describe('a key that is made between the plan and the containment', () => {
  let test: TestCloud;
  const folders: string[] = [];
  beforeAll(async () => {
    // Looks come after 10 and 20 seconds.
    folders.push(assemblyWith(withNumbers({ sweepMinutes: 1 / 3 })), seedWithPower());
    const [assembly, accountSeed] = folders;
    test = await startTestCloud({
      ...(assembly ? { assembly } : {}),
      ...(accountSeed ? { accountSeed } : {}),
    });
  });
  afterAll(async () => {
    await test.stop();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('is found afterwards, and opens an incident whose plan people decide on', async () => {
    const waiting = await test.respond(findingAbout(stolen));
    const another = await makeAnother(test);
    await test.ask(waiting, 'decision', approval);
    const contained = await test.until(waiting.id, ({ status }) => status === 'contained');
    expect(keysOf(test)).toEqual({ [stolen.accessKey]: 'Inactive', [another]: 'Active' });

    const swept = await test.until(waiting.id, (incident) => found(incident).length > 0);
    expect(found(swept)).toMatchObject([
      { look: 1, gaps: [], found: [{ kind: 'access-key', id: another, trust: 'recorded' }] },
    ]);
    expect(swept.status).toBe('contained');

    const uid = `${waiting.id}/${contained.plan?.manifestHash}/1`;
    const [finding] = contained.findings;
    if (!finding) throw new Error('the incident has no finding');
    const next = proposedIncident({ ...finding, finding_info: { ...finding.finding_info, uid } });
    const asked = await test.until(next, ({ status }) => status === 'awaiting-approval');
    expect(asked.plan?.manifest.actions).toMatchObject([
      { action: 'deactivate-access-key', target: { id: another, trust: 'observed' } },
    ]);
    expect(asked.plan?.manifest.actions[0]?.target.madeBy).toMatch(/^user:.*:victim-1$/);
    const mails = () => test.cloud.mails().filter(({ text }) => text?.includes(another));
    await test.until(next, () => mails().length > 0);

    await test.ask(asked, 'decision', approval);
    await test.until(next, ({ status }) => status === 'contained');
    expect(keysOf(test)).toEqual({ [stolen.accessKey]: 'Inactive', [another]: 'Inactive' });
    expect(await audit(test.session)).toMatchObject({ ok: true, problems: [] });
  });
});
