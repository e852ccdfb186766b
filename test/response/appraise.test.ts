import { describe, expect, it } from 'vitest';
import { narrate } from '../../cli/narrate.ts';
import { approvalCard } from '../../functions/console/card.ts';
import { cardSections } from '../../functions/console/card-page.ts';
import { approvalNotice, outcomeNotice } from '../../functions/console/notice.ts';
import { entriesOf } from '../../functions/core/incident.ts';
import { plan } from '../../functions/response/plan.ts';
import { ownedBy } from '../analyst/surroundings.ts';
import { account, finding, INCIDENT, propose, thing, things, World } from './world.ts';

const because = 'every <b>order</b> of the shop';
const shop = { name: 'Shop team', email: 'shop@example.com', accounts: [account] };

async function planned(world: World, proposals = [propose('isolate', 'e4')]) {
  await world.investigated(proposals);
  await plan(INCIDENT, world.planParts());
  const incident = await world.read();
  return { incident, action: incident.plan?.manifest.actions[0] };
}

describe('what the owner knows of a target', () => {
  it('makes a crown jewel protected, says why in the manifest, and tells people', async () => {
    const world = new World();
    world.environment = ownedBy({ crownJewels: [{ match: 'i-1', because }], owners: [shop] });
    const { incident, action } = await planned(world);
    expect(action).toMatchObject({ protectedTarget: true, crownJewel: because });
    expect(incident.plan?.known).toEqual({
      owners: [{ of: `account ${account}`, name: 'Shop team', email: 'shop@example.com' }],
      crownJewels: [{ id: 'i-1', because }],
      changeWindows: [],
      callers: [],
    });
    const lines = [
      { label: 'Ask', value: `Shop team, shop@example.com, about account ${account}` },
      { label: 'Crown jewel', value: `i-1: ${because}` },
    ];
    expect(approvalCard(incident)?.known).toEqual(lines);
    const asked = approvalNotice(incident, { url: 'https://c.example/a', expiresAt: '2026-11-21T16:00:00Z' });
    expect(asked?.facts.map(({ label }) => label)).toEqual(expect.arrayContaining(['Ask', 'Crown jewel']));
    const card = approvalCard(incident);
    const page = card ? String(await cardSections(card, () => undefined)) : '';
    expect(page).toContain('<dt>Crown jewel</dt><dd><bdi>i-1: every &lt;b&gt;order');
    const told = incident.timeline.flatMap((recorded) => narrate(recorded, incident));
    expect(told.filter(({ step }) => step === 'known').map(({ text }) => text)).toEqual([
      `ask: Shop team, shop@example.com, about account ${account}`,
      `crown jewel: i-1: ${because}`,
    ]);
  });

  it('is nothing where the owner wrote nothing: then the manifest is the one that it was', async () => {
    const { incident, action } = await planned(new World());
    expect(incident.plan).not.toHaveProperty('known');
    expect(action).not.toHaveProperty('crownJewel');
    expect(action?.protectedTarget).toBe(false);
  });

  it('is read from its tags only where a tag decides', async () => {
    const world = new World();
    const asked: string[] = [];
    world.tags = (id) => {
      asked.push(id);
      return [{ Key: 'tier', Value: 'critical' }];
    };
    world.environment = ownedBy({ owners: [shop] });
    await planned(world);
    expect(asked).toEqual([]);
    const other = new World();
    other.tags = world.tags;
    other.environment = ownedBy({ crownJewels: [{ tag: { key: 'tier', value: 'critical' }, because }] });
    expect((await planned(other)).action).toMatchObject({ protectedTarget: true, crownJewel: because });
    expect(asked).toEqual(['i-1']);
  });

  it('counts as a crown jewel where AWS does not tell the tags that decide', async () => {
    const world = new World();
    world.tags = () => {
      throw new Error('AccessDenied');
    };
    world.environment = ownedBy({ crownJewels: [{ tag: { key: 'tier', value: 'critical' }, because }] });
    expect((await planned(world)).action).toMatchObject({
      protectedTarget: true,
      crownJewel: 'its tags could not be read',
    });
  });

  it('is told as well where nothing could be planned', async () => {
    const world = new World();
    world.environment = ownedBy({
      owners: [shop],
      scanners: [{ network: '198.51.100.0/28', note: 'nightly' }],
    });
    const caller = thing('address', '198.51.100.7', { part: 'actor' });
    await world.investigated([], finding('f-1', { entities: [...things, caller] }));
    await plan(INCIDENT, world.planParts());
    await world.tell('decision', { type: 'incident-escalated', generation: 1, reason: 'nothing to do' });
    const incident = await world.read();
    expect(entriesOf(incident, 'nothing-planned')[0]?.known).toMatchObject({
      owners: [{ name: 'Shop team' }],
      callers: [{ id: '198.51.100.7', is: 'own scanner' }],
    });
    const told = outcomeNotice(incident, 'https://console.example');
    expect(told?.facts.map(({ label }) => label)).toEqual(expect.arrayContaining(['Ask', 'Known caller']));
  });
});
