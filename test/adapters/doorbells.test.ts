import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { doorbells } from '../../functions/adapters/doorbells.ts';
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

  it('are rung without their seal being opened by whoever hung them', async () => {
    const id = incident();
    const answered = vi.fn();
    const bell = await bells().hang(id, 'lease', waiting(answered));
    await bell.ring();
    await bell.ring();
    expect(answered).toHaveBeenCalledExactlyOnceWith({});
    expect(home.calls).not.toContain('Decrypt');
    expect(await bells().ring(id, 'lease')).toBe('nobody-waits');
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
    home.beforeCall = (operation) => {
      if (operation === 'SendTaskSuccess') throw new AwsError('ServiceUnavailable', 'injected', 500);
    };
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
