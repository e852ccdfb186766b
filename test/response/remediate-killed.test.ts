import { describe, expect, it } from 'vitest';
import { remediate } from '../../functions/response/remediate.ts';
import { Crash, crashing, crashPoints } from '../adapters/crashing.ts';
import { INCIDENT, open, propose, World } from './world.ts';

const keyAndHost = [propose('cut-key', 'e2'), propose('isolate', 'e4')];

describe('a function that is killed', () => {
  it('before or after any call of the ledger heals on retry', async () => {
    for (const point of crashPoints(16)) {
      const world = await new World().approved(keyAndHost);
      const dying = crashing(world.ledger, point);
      await expectDeathOrEnd(remediate(INCIDENT, world.remediateParts('compute', dying.port)), dying);
      await expectContained(world);
    }
  });

  it('before or after any call to the account heals on retry', async () => {
    for (const point of crashPoints(9)) {
      const world = await new World().approved(keyAndHost);
      let calls = 0;
      let dead = false;
      const die = () => {
        dead = true;
        throw new Crash('killed');
      };
      const send = world.resources.send.bind(world.resources);
      world.resources.send = async (command) => {
        calls += 1;
        const dies = calls === point.call;
        if (dies && point.when === 'before') die();
        const answer = await send(command);
        if (dies) die();
        return answer;
      };
      // A process that is gone records nothing of how it went.
      world.ledger.beforeAppend = () => {
        if (dead) throw new Crash('dead already');
      };
      const outcome = await world.remediate().catch((error: unknown) => error);
      if (dead) expect(outcome).toBeInstanceOf(Crash);
      dead = false;
      await expectContained(world);
    }
  });

  it('between a change and its verification does not make the change again', async () => {
    const world = await new World().approved([propose('cut-key', 'e2')]);
    world.ledger.beforeAppend = (command) => {
      if (command.startsWith('verified#')) throw new Crash('killed');
    };
    await expect(world.remediate()).rejects.toThrow(Crash);
    world.ledger.beforeAppend = () => undefined;
    expect((await world.remediate()).next).toBe('hold');
    expect(world.resources.changes).toEqual(['AKIA1=cut-half', 'AKIA1=cut']);
  });

  async function expectDeathOrEnd(run: Promise<unknown>, dying: { survived: () => boolean }): Promise<void> {
    const outcome = await run.catch((error: unknown) => error);
    if (!dying.survived()) expect(outcome).toBeInstanceOf(Crash);
  }

  async function expectContained(world: World): Promise<void> {
    expect((await world.remediate()).next).toBe('hold');
    expect(world.states()).toEqual({ ...open, AKIA1: 'cut', 'i-1': 'isolated' });
    expect(await world.effects()).toEqual(
      ['a1', 'a2'].flatMap((id) =>
        ['intent-recorded', 'effect-finished', 'effect-verified'].map((type) => `${type} ${id} execute`),
      ),
    );
  }
});
