import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { doorbells } from '../../functions/adapters/doorbells.ts';
import { killSwitch } from '../../functions/adapters/kill-switch.ts';
import { links } from '../../functions/adapters/links.ts';
import { LockedError, locks } from '../../functions/adapters/locks.ts';
import { workflow } from '../../functions/adapters/workflow.ts';
import { sha256 } from '../../functions/core/canonical.ts';
import { AwsError } from '../../sandbox/wire/service.ts';
import { startHome, type TestHome } from './home.ts';

let home: TestHome;
beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.close());
beforeEach(() => {
  home.calls.length = 0;
  home.beforeCall = () => undefined;
});

function fail(operation: string, code: string): void {
  home.beforeCall = (called) => {
    if (called === operation) throw new AwsError(code, 'injected by the test', 500);
  };
}

describe('locks', () => {
  const hold = (resource: string, owner: string, work: () => Promise<unknown> = async () => 'done') =>
    locks(home.coordination, home.clock).hold(resource, owner, work);

  it('run the work and let go', async () => {
    expect(await hold('l-1', 'INC-a')).toBe('done');
    expect(await home.coordination.get('lock#l-1')).toBeUndefined();
    expect(await hold('l-1', 'INC-b')).toBe('done');
  });

  it('keep others out while the work goes on, and say who has it', async () => {
    const work = vi.fn();
    await hold('l-2', 'INC-a', async () => {
      const other = hold('l-2', 'INC-b', async () => work());
      await expect(other).rejects.toThrow(LockedError);
      await expect(other).rejects.toThrow('l-2 is being changed by INC-a');
      await hold('l-3', 'INC-b');
    });
    expect(work).not.toHaveBeenCalled();
  });

  it('let go when the work fails, and pass its error on', async () => {
    const failing = hold('l-4', 'INC-a', async () => {
      throw new Error('the work failed');
    });
    await expect(failing).rejects.toThrow('the work failed');
    expect(await hold('l-4', 'INC-b')).toBe('done');
  });

  it('let the owner back in after a crash, and anybody once the longest work must be over', async () => {
    await home.coordination.put('lock#l-5', '-', { owner: 'INC-a', expires: seconds() + 1800 });
    expect(await hold('l-5', 'INC-a')).toBe('done');
    await home.coordination.put('lock#l-6', '-', { owner: 'INC-a', expires: seconds() + 1800 });
    await expect(hold('l-6', 'INC-b')).rejects.toThrow(LockedError);
    home.now = new Date(home.now.getTime() + 31 * 60 * 1000);
    expect(await hold('l-6', 'INC-b')).toBe('done');
  });

  it('do not take away from the next owner what had expired under the first', async () => {
    await hold('l-7', 'INC-a', async () => {
      home.now = new Date(home.now.getTime() + 31 * 60 * 1000);
      await home.coordination.put('lock#l-7', '-', { owner: 'INC-b', expires: seconds() + 1800 });
    });
    expect(await home.coordination.get('lock#l-7')).toMatchObject({ owner: 'INC-b' });
  });
});

describe('the kill switch', () => {
  it('is at observe in a deployment where nobody has set it', async () => {
    const untouched = { ...home.coordination, get: async () => undefined };
    expect(await killSwitch(untouched).read()).toBe('observe');
  });

  it('is where it was set', async () => {
    const at = killSwitch(home.coordination);
    for (const mode of ['act', 'off', 'propose', 'observe'] as const) {
      await at.write(mode);
      expect(await at.read()).toBe(mode);
    }
  });

  it('counts as off when it cannot be read', async () => {
    await killSwitch(home.coordination).write('act');
    const log = vi.spyOn(console, 'error').mockReturnValue();
    fail('GetItem', 'InternalServerError');
    expect(await killSwitch(home.coordination).read()).toBe('off');
    expect(log).toHaveBeenCalledWith(expect.stringContaining('taken as off'));
    log.mockRestore();
  });

  it.each(['ACT', '', 'full-power'])(
    'counts as off at a position that does not exist: "%s"',
    async (mode) => {
      const log = vi.spyOn(console, 'error').mockReturnValue();
      await home.coordination.put('mode', '-', { mode });
      expect(await killSwitch(home.coordination).read()).toBe('off');
      log.mockRestore();
    },
  );
});

describe('doorbells', () => {
  let tasks = 0;
  const bells = () => doorbells(home.coordination, home.key, home.kms, home.workflow);
  const waiting = (answered: (output: unknown) => void = () => undefined) => {
    const token = home.tokens.issue('arn:aws:states:eu-central-1:111122223333:stateMachine:response');
    home.tokens.wait(token, { resolve: answered, reject: () => undefined, beat: () => undefined });
    return token;
  };
  const incident = () => {
    tasks += 1;
    return `INC-bell-${tasks}`;
  };

  it('answer the task that waits with nothing but that somebody rang', async () => {
    const id = incident();
    const answered = vi.fn();
    await bells().hang(id, 'approval', waiting(answered));
    expect(await bells().ring(id, 'approval')).toBe('rung');
    expect(answered).toHaveBeenCalledExactlyOnceWith({});
  });

  it('keep the token encrypted', async () => {
    const id = incident();
    const token = waiting();
    await bells().hang(id, 'approval', token);
    const stored = await home.coordination.get(`token#${id}`, 'approval');
    const sealed = String(stored?.token);
    expect(sealed.length).toBeGreaterThan(40);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain(token);
  });

  it('do not ring with the token of another incident or of another kind', async () => {
    const [mine, other] = [incident(), incident()];
    const answered = vi.fn();
    await bells().hang(mine, 'approval', waiting(answered));
    const stored = await home.coordination.get(`token#${mine}`, 'approval');
    await home.coordination.put(`token#${other}`, 'approval', { token: String(stored?.token) });
    await home.coordination.put(`token#${mine}`, 'lease', { token: String(stored?.token) });
    await expect(bells().ring(other, 'approval')).rejects.toThrow('encryption context');
    await expect(bells().ring(mine, 'lease')).rejects.toThrow('encryption context');
    expect(answered).not.toHaveBeenCalled();
  });

  it('say that nobody waits at the second ring, and where none hangs', async () => {
    const id = incident();
    expect(await bells().ring(id, 'approval')).toBe('nobody-waits');
    await bells().hang(id, 'approval', waiting());
    await bells().ring(id, 'approval');
    expect(await bells().ring(id, 'approval')).toBe('nobody-waits');
    expect(home.calls.filter((call) => call === 'SendTaskSuccess')).toHaveLength(1);
  });

  it('take a task that timed out, or that is unknown, for a normal outcome, and forget its token', async () => {
    const id = incident();
    const token = waiting();
    await bells().hang(id, 'lease', token);
    home.tokens.close(token);
    expect(await bells().ring(id, 'lease')).toBe('nobody-waits');
    expect(await home.coordination.get(`token#${id}`, 'lease')).toBeUndefined();
    const neverWaited = home.tokens.issue('arn:aws:states:eu-central-1:111122223333:stateMachine:response');
    await bells().hang(id, 'lease', neverWaited);
    expect(await bells().ring(id, 'lease')).toBe('nobody-waits');
  });

  it('keep the token when the bell could not be rung, so that a second click heals it', async () => {
    const id = incident();
    const answered = vi.fn();
    await bells().hang(id, 'approval', waiting(answered));
    fail('SendTaskSuccess', 'ServiceUnavailable');
    await expect(bells().ring(id, 'approval')).rejects.toThrow('injected');
    home.beforeCall = () => undefined;
    expect(await bells().ring(id, 'approval')).toBe('rung');
    expect(answered).toHaveBeenCalledOnce();
  });

  it('leave a newer token hanging that was hung while the old one was rung', async () => {
    const id = incident();
    const [older, newer] = [vi.fn(), vi.fn()];
    await bells().hang(id, 'approval', waiting(older));
    const racing = {
      ...home.coordination,
      async remove(...parameters: Parameters<typeof home.coordination.remove>) {
        await bells().hang(id, 'approval', waiting(newer));
        return home.coordination.remove(...parameters);
      },
    };
    expect(await doorbells(racing, home.key, home.kms, home.workflow).ring(id, 'approval')).toBe('rung');
    expect(await bells().ring(id, 'approval')).toBe('rung');
    expect([older, newer].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('ring for the token that was hung last', async () => {
    const id = incident();
    const [first, second] = [vi.fn(), vi.fn()];
    await bells().hang(id, 'approval', waiting(first));
    await bells().hang(id, 'approval', waiting(second));
    await bells().ring(id, 'approval');
    expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  });
});

describe('links', () => {
  const link = (changes: object = {}) => ({
    incident: 'INC-link',
    manifestHash: 'a'.repeat(64),
    approver: 'rosa',
    expiresAt: '2026-11-21T16:00:00.000Z',
    ...changes,
  });

  it('lead to what they were issued for', async () => {
    const secret = await links(home.coordination).issue(link());
    expect(await links(home.coordination).find(secret)).toEqual(link());
  });

  it('are the same for the same question, also when it is asked twice at once', async () => {
    const asked = link({ incident: 'INC-same' });
    const issued = await Promise.all([1, 2, 3].map(() => links(home.coordination).issue(asked)));
    expect(new Set([...issued, await links(home.coordination).issue(asked)]).size).toBe(1);
  });

  it('are others for another person, plan or time', async () => {
    const changes = [
      {},
      { approver: 'lena' },
      { manifestHash: 'b'.repeat(64) },
      { expiresAt: '2026-11-22T16:00:00.000Z' },
    ];
    const issued = await Promise.all(changes.map((change) => links(home.coordination).issue(link(change))));
    expect(new Set(issued).size).toBe(changes.length);
  });

  it('cannot be guessed, and nothing is found under a wrong secret', async () => {
    const secret = await links(home.coordination).issue(link({ incident: 'INC-secret' }));
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(await links(home.coordination).find(`${secret}x`)).toBeUndefined();
    expect(await links(home.coordination).find('')).toBeUndefined();
  });

  it('are looked up by a hash: whoever reads that item has no link', async () => {
    const secret = await links(home.coordination).issue(link({ incident: 'INC-hash' }));
    const stored = await home.coordination.get(`link#${sha256(secret)}`);
    expect(stored).toMatchObject({
      incident: 'INC-hash',
      expires: Date.parse('2026-11-21T16:00:00Z') / 1000,
    });
    expect(JSON.stringify(stored)).not.toContain(secret);
  });
});

describe('the workflow', () => {
  const start = (changes: object = {}, machine = 'response') =>
    workflow(`arn:aws:states:eu-central-1:111122223333:stateMachine:${machine}`, home.workflow).start({
      incidentId: 'INC-0000000000000001',
      generation: 1,
      event: 'finding',
      attempt: 0,
      ...changes,
    });

  it('starts an incident’s execution under its own name, with the contract’s input', async () => {
    await start();
    expect(home.executions.get('INC-0000000000000001-1')).toBe(
      '{"event":"finding","generation":1,"incidentId":"INC-0000000000000001","version":1}',
    );
  });

  it('takes a second start for done, and starts nothing', async () => {
    await start({ generation: 2 });
    const before = home.executions.size;
    await start({ generation: 2 });
    expect(home.executions.size).toBe(before);
  });

  it('starts another one for the next generation and for each rollback that is asked for', async () => {
    await start({ generation: 3 });
    await start({ generation: 3, event: 'rollback', attempt: 1 });
    await start({ generation: 3, event: 'rollback', attempt: 2 });
    const names = [...home.executions.keys()].filter((name) => name.startsWith('INC-0000000000000001-3'));
    expect(names).toEqual([
      'INC-0000000000000001-3',
      'INC-0000000000000001-3-rollback-1',
      'INC-0000000000000001-3-rollback-2',
    ]);
  });

  it('passes every other error on, so that the queue delivers again', async () => {
    await expect(start({}, 'gone')).rejects.toThrow('State Machine Does Not Exist');
  });
});

/** Epoch seconds of the test's clock. */
function seconds(): number {
  return Math.floor(home.now.getTime() / 1000);
}
