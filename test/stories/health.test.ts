import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../cli/audit.ts';
import { entriesOf, type Incident } from '../../functions/core/incident.ts';
import { cloudWatchState } from '../../sandbox/account/cloudwatch/state.ts';
import { startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { accountOf, findingAbout, victim } from '../e2e/victims.ts';
import { assemblyWith, withNumbers } from './other-data.ts';

const infected = victim('c2-instance', 1);

/** The victim's account, with an alarm on its instance that is quiet. */
function seedWithAlarm(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-health-'));
  const alarm = { alarmName: 'shop', namespace: 'AWS/EC2', metricName: 'StatusCheckFailed' };
  const alarms = [{ ...alarm, dimensions: { InstanceId: infected.instance } }];
  writeFileSync(
    join(folder, 'account.json'),
    JSON.stringify({ ...accountOf([infected]), cloudwatch: { alarms } }),
  );
  return folder;
}

/** What CloudWatch would find once the instance no longer answers. */
function goOff({ cloud }: TestCloud): void {
  const { alarms } = cloudWatchState(cloud.accounts, cloud.account, cloud.region);
  const alarm = alarms.shop;
  if (!alarm) throw new Error('the account has no such alarm');
  alarm.stateValue = 'ALARM';
  alarm.stateTransitioned = new Date().toISOString();
}

const offers = (incident: Incident) => entriesOf(incident, 'rollback-offered');
const ec2Of = ({ cloud }: TestCloud) =>
  cloud.accounts.snapshot().accounts[cloud.account]?.regions[cloud.region]?.ec2;
const groupsOf = (test: TestCloud) =>
  Object.values(ec2Of(test)?.networkInterfaces ?? {}).flatMap(({ groupIds }) => groupIds);

let test: TestCloud;
const folders: string[] = [];
/** Looks come after 1, 2.5, 5 and 10 seconds. */
async function start(change: (bundle: string) => string = (bundle) => bundle): Promise<void> {
  const quick = withNumbers({ watchMinutes: 1 / 6 });
  const assembly = assemblyWith((bundle) => change(quick(bundle)));
  const accountSeed = seedWithAlarm();
  folders.push(assembly, accountSeed);
  test = await startTestCloud({ assembly, accountSeed });
}
async function stop(): Promise<void> {
  await test.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

describe('an isolation after which an alarm goes off', () => {
  beforeAll(() => start());
  afterAll(stop);

  it('stands, and people are told with the offer to undo it, which a person then takes', async () => {
    const waiting = await test.respond(findingAbout(infected));
    expect(entriesOf(waiting, 'health-measured')).toMatchObject([
      { signs: [{ kind: 'alarm', value: 'ok' }] },
    ]);
    await test.ask(waiting, 'decision', { outcome: 'approve', reason: 'it is an attack' });
    await test.until(waiting.id, ({ status }) => status === 'contained');
    goOff(test);
    const offered = await test.until(waiting.id, (incident) => offers(incident).length > 0);
    expect(offered.status).toBe('contained');
    expect(groupsOf(test)).not.toContain(infected.group);
    const decided = entriesOf(offered, 'decision-made').filter(({ purpose }) => purpose === 'rollback');
    expect(decided).toMatchObject([{ decision: { outcome: 'needs-approval' } }]);

    const told = () => test.cloud.mails().filter(({ subject }) => subject.includes('Health got worse'));
    await test.until(waiting.id, () => told().length > 0);
    expect(told()[0]?.text).toContain('the alarm went off after the change');

    expect((await test.ask(offered, 'rollback', { reason: 'the shop is down' })).status).toBe(202);
    const closed = await test.until(waiting.id, ({ status }) => status === 'closed');
    expect(closed.ending?.reason).toBe('the containment was rolled back');
    expect(groupsOf(test)).toContain(infected.group);
    expect(await audit(test.session)).toMatchObject({ ok: true, problems: [] });
  });
});

describe('a change that gives nothing back when it is undone', () => {
  const protectOnly = (bundle: string) =>
    bundle.replaceAll(
      /propose:\[\{action:"snapshot-volumes",(.*?)\},\{action:"isolate-instance",.*?\}\]\}/g,
      'propose:[{action:"protect-instance",$1}]}',
    );
  beforeAll(() => start(protectOnly));
  afterAll(stop);

  it('is undone alone once an alarm went off after it', async () => {
    const contained = await test.respond(findingAbout(infected));
    expect(contained.plan?.manifest.actions.map(({ action }) => action)).toEqual(['protect-instance']);
    expect(contained.approvals).toEqual([]);
    const isProtected = () => ec2Of(test)?.instances[infected.instance]?.disableApiTermination;
    expect(isProtected()).toBe(true);
    goOff(test);
    const closed = await test.until(contained.id, ({ status }) => status === 'closed');
    expect(closed.ending?.reason).toContain('since health got worse: the alarm went off after the change');
    expect(closed.approvals).toEqual([]);
    expect(offers(closed)).toEqual([]);
    expect(isProtected()).toBe(false);
    expect(closed.effects).toMatchObject([
      { direction: 'execute' },
      { direction: 'rollback', verified: true },
    ]);
    expect(await audit(test.session)).toMatchObject({ ok: true, problems: [] });
  });
});
