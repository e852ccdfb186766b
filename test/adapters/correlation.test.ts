import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claims } from '../../functions/adapters/claims.ts';
import { workflow } from '../../functions/adapters/workflow.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { Incident } from '../../functions/core/incident.ts';
import { proposedIncident } from '../../functions/response/correlate.ts';
import { type IngestParts, ingest } from '../../functions/response/ingest.ts';
import { finding, thing } from '../response/world.ts';
import { startHome, type TestHome } from './home.ts';

let home: TestHome;
beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.close());

let worlds = 0;
/** Findings about instances of their own, `about('a', 'b')`. */
function world() {
  worlds += 1;
  const prefix = `w${worlds}`;
  let findings = 0;
  return (...instances: string[]): Finding => {
    findings += 1;
    return finding(`${prefix}-f${findings}`, {
      entities: instances.map((name) => thing('instance', `${prefix}-${name}`)),
    });
  };
}

/** As one function of several that run at once: with a ledger of its own. */
function parts(): IngestParts {
  return {
    ledger: home.ledger(),
    claims: claims(home.coordination, home.clock),
    workflow: workflow('arn:aws:states:eu-central-1:111122223333:stateMachine:response', home.workflow),
    clock: home.clock,
    suppress: async () => false,
    normalise: (event) => event as Finding[],
  };
}

const take = (found: Finding) => ingest(found.finding_info.uid, [found], parts());

/** Where a finding is looked at in the end. */
async function homeOf(found: Finding, among: readonly Finding[]): Promise<Incident | undefined> {
  const { uid } = found.finding_info;
  for (const one of among) {
    const incident = await home.ledger().read(proposedIncident(one));
    if (!incident.mergedInto && incident.findings.some(({ finding_info }) => finding_info.uid === uid))
      return incident;
  }
  return undefined;
}

describe('functions that take findings in at the same time', () => {
  it('open one incident for one thing', async () => {
    const about = world();
    const all = Array.from({ length: 8 }, (_, index) => about('shared', `own-${index}`));
    await Promise.all(all.map(take));
    const homes = await Promise.all(all.map((one) => homeOf(one, all)));
    expect(new Set(homes.map((one) => one?.id)).size).toBe(1);
    expect(homes[0]).toMatchObject({ status: 'working', generation: 1 });
  });

  it('make one incident of two, and lose nothing that comes in meanwhile', async () => {
    const about = world();
    const [older, younger] = [about('a'), about('b')];
    await take(older);
    home.now = new Date(home.now.getTime() + 1000);
    await take(younger);
    home.now = new Date(home.now.getTime() + 1000);
    const meanwhile = [about('a', 'b'), about('b'), about('a', 'b'), about('b'), about('a')];
    await Promise.all(meanwhile.map(take));
    const all = [older, younger, ...meanwhile];
    for (const one of all) expect((await homeOf(one, all))?.id).toBe(proposedIncident(older));
    expect((await home.ledger().read(proposedIncident(younger))).mergedInto).toBe(proposedIncident(older));
  });

  it('leave every finding in an incident that is worked on, however things are linked', async () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(names, { minLength: 3, maxLength: 6 }), async (named) => {
        const about = world();
        const all = named.map((some) => about(...some));
        await Promise.all(all.map(take));
        // What failed, or came between, is delivered again.
        for (const one of all) await take(one);
        for (const one of all) expect((await homeOf(one, all))?.status).toBe('working');
      }),
      { numRuns: 12 },
    );
  });
});
