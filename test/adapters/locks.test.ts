import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LockedError, locks } from '../../functions/adapters/locks.ts';
import { startHome, type TestHome } from './home.ts';

let home: TestHome;
beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.close());

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

/** Epoch seconds of the test's clock. */
function seconds(): number {
  return Math.floor(home.now.getTime() / 1000);
}
