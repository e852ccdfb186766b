import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claims } from '../../functions/adapters/claims.ts';
import type { JoinKeys } from '../../functions/core/ports.ts';
import { Crash, crashing, crashPoints } from './crashing.ts';
import { startHome, type TestHome } from './home.ts';

let home: TestHome;
beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.close());

const day = 24 * 60 * 60 * 1000;
let worlds = 0;

const own = (keys: readonly string[]): JoinKeys => ({ own: keys, roles: [], isLedByRoles: false });

/** Claims on keys of their own, `claim('INC-a', 'x', 'y')`; names of incidents are free text here. */
function world(table = home.coordination) {
  worlds += 1;
  const prefix = `w${worlds}`;
  const port = claims(table, home.clock);
  const until = () => new Date(home.now.getTime() + 7 * day);
  return {
    claim: async (incident: string, ...keys: string[]) =>
      (await port.claim(own(keys.map((key) => `${prefix}:${key}`)), incident, until()))[0],
    /** All that the claims answer, for keys of all kinds. */
    ask: (incident: string, { own: keys, roles, isLedByRoles }: JoinKeys) => {
      const named = (some: readonly string[]) => some.map((key) => `${prefix}:${key}`);
      return port.claim({ own: named(keys), roles: named(roles), isLedByRoles }, incident, until());
    },
    move: (key: string, from: string, to: string) => port.move([`${prefix}:${key}`], from, to, until()),
    over: (other: typeof home.coordination) => {
      const rival = claims(other, home.clock);
      return async (incident: string, ...keys: string[]) =>
        (await rival.claim(own(keys.map((key) => `${prefix}:${key}`)), incident, until()))[0];
    },
    holders: (...keys: string[]) => port.holders(keys.map((key) => `${prefix}:${key}`)),
    holder: async (key: string) => (await home.coordination.get(`claim#${prefix}:${key}`))?.incident,
  };
}

describe('claims', () => {
  it('give free entities to the incident that is proposed', async () => {
    const { claim, holder } = world();
    expect(await claim('INC-a', 'x', 'y')).toBe('INC-a');
    expect([await holder('x'), await holder('y')]).toEqual(['INC-a', 'INC-a']);
  });

  it('say who holds keys, each once, without claiming what is free, until they lapse', async () => {
    const { claim, holders } = world();
    await claim('INC-a', 'x', 'y');
    await claim('INC-b', 'z');
    expect((await holders('x', 'y', 'z', 'free')).toSorted()).toEqual(['INC-a', 'INC-b']);
    expect(await holders('free')).toEqual([]);
    const then = home.now;
    home.now = new Date(then.getTime() + 8 * day);
    expect(await holders('x', 'z')).toEqual([]);
    home.now = then;
  });

  it('lead a finding about a claimed entity to the incident that holds it, with everything else it names', async () => {
    const { claim, holder } = world();
    await claim('INC-a', 'y');
    expect(await claim('INC-b', 'x', 'y', 'z')).toBe('INC-a');
    expect([await holder('x'), await holder('y'), await holder('z')]).toEqual(['INC-a', 'INC-a', 'INC-a']);
  });

  it('lead a finding that links two incidents to the older one, whichever it names first', async () => {
    for (const [older, younger] of [
      ['x', 'y'],
      ['y', 'x'],
    ] as const) {
      const { claim } = world();
      await claim('INC-old', older);
      home.now = new Date(home.now.getTime() + 1000);
      await claim('INC-young', younger);
      expect(await claim('INC-new', 'x', 'y')).toBe('INC-old');
      expect(await claim('INC-other', younger)).toBe('INC-young');
    }
  });

  it('name every incident that a finding links, and not one that only its role would', async () => {
    const { ask } = world();
    await ask('INC-x', own(['x']));
    await ask('INC-y', own(['y']));
    await ask('INC-role', own(['role']));
    const both = { own: ['y', 'x', 'z'], roles: ['role'], isLedByRoles: true };
    expect((await ask('INC-new', both)).toSorted()).toEqual(['INC-x', 'INC-y']);
  });

  it('of a role lead a session that nothing else leads, and none of the machines that have the role', async () => {
    const { ask, holder } = world();
    const on = (key: string, isLedByRoles: boolean) => ({ own: [key], roles: ['web'], isLedByRoles });
    expect(await ask('INC-a', on('i-1', false))).toEqual(['INC-a']);
    expect(await ask('INC-b', on('i-2', false))).toEqual(['INC-b']);
    expect(await ask('INC-c', on('ASIA1', true))).toEqual(['INC-a']);
    expect([await holder('web'), await holder('ASIA1'), await holder('i-2')]).toEqual([
      'INC-a',
      'INC-a',
      'INC-b',
    ]);
    // What has an incident of its own stays there.
    expect(await ask('INC-d', on('i-2', true))).toEqual(['INC-b']);
  });

  it('move to the incident that another became part of, and are taken from nobody else', async () => {
    const { claim, move, holder } = world();
    await claim('INC-a', 'x');
    await claim('INC-b', 'y');
    await move('x', 'INC-b', 'INC-c');
    await move('y', 'INC-b', 'INC-a');
    expect([await holder('x'), await holder('y')]).toEqual(['INC-a', 'INC-a']);
  });

  it('are read, not written, for another finding about the same within the hour', async () => {
    const { claim } = world();
    await claim('INC-a', 'x');
    home.calls.length = 0;
    await claim('INC-b', 'x');
    expect(home.calls).toEqual(['GetItem']);
    home.now = new Date(home.now.getTime() + 2 * 60 * 60 * 1000);
    home.calls.length = 0;
    await claim('INC-b', 'x');
    expect(home.calls).toEqual(['GetItem', 'PutItem']);
  });

  it('end seven days after the last finding, not after the first', async () => {
    const { claim } = world();
    await claim('INC-a', 'x');
    home.now = new Date(home.now.getTime() + 6 * day);
    expect(await claim('INC-b', 'x')).toBe('INC-a');
    home.now = new Date(home.now.getTime() + 6 * day);
    expect(await claim('INC-c', 'x')).toBe('INC-a');
    home.now = new Date(home.now.getTime() + 8 * day);
    expect(await claim('INC-d', 'x')).toBe('INC-d');
  });

  it('give the same answer to a repeat', async () => {
    const { claim } = world();
    expect(await claim('INC-a', 'x', 'y')).toBe('INC-a');
    expect(await claim('INC-a', 'y', 'x')).toBe('INC-a');
  });

  it('bring two findings with overlapping entities, taken in at the same time, to one incident', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { claim } = world();
      const [first, second] = await Promise.all([
        claim('INC-a', 'p', 'q', 'r'),
        claim('INC-b', 'o', 'q', 's'),
      ]);
      expect(first).toBe(second);
    }
  });

  it('bring many findings about one entity, taken in at the same time, to one incident', async () => {
    const { claim } = world();
    const incidents = await Promise.all(
      Array.from({ length: 12 }, (_, index) => claim(`INC-${index}`, 'shared', `own-${index}`)),
    );
    expect(new Set(incidents).size).toBe(1);
  });

  it.each(crashPoints(8))('heal a crash $when call $call by a repeat, with one incident', async (point) => {
    const { claim, over, holder } = world();
    const dying = crashing(home.coordination, point);
    const attempt = over(dying.port)('INC-a', 'x', 'y', 'z').catch((error: unknown) => error);
    const outcome = await attempt;
    if (!dying.survived()) expect(outcome).toBeInstanceOf(Crash);
    // Another finding comes first, then the queue delivers the one that crashed again.
    const other = await claim('INC-b', 'y');
    const repeated = await claim('INC-a', 'x', 'y', 'z');
    expect(repeated).toBe(other);
    expect([await holder('x'), await holder('y'), await holder('z')]).toEqual([other, other, other]);
  });

  it('bring whatever overlaps, one after the other, to the incident that any of it belongs to', async () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(keys, { minLength: 1, maxLength: 4 }), async (findings) => {
        const { claim, holder } = world();
        for (const [index, named] of findings.entries()) {
          const held = await Promise.all(named.map(holder));
          const incident = await claim(`INC-${index}`, ...named);
          const known = held.filter((one) => one !== undefined);
          if (known.length > 0) expect(known).toContain(incident);
          else expect(incident).toBe(`INC-${index}`);
          for (const key of named) expect(await holder(key)).toBeDefined();
        }
      }),
      { numRuns: 15 },
    );
  });
});
