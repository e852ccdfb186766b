import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { killSwitch } from '../../functions/adapters/kill-switch.ts';
import { AwsError } from '../../sandbox/wire/service.ts';
import { startHome, type TestHome } from './home.ts';

let home: TestHome;
beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.close());

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
    home.beforeCall = () => {
      throw new AwsError('InternalServerError', 'injected', 500);
    };
    expect(await killSwitch(home.coordination).read()).toBe('off');
    expect(log).toHaveBeenCalledWith(expect.stringContaining('taken as off'));
    log.mockRestore();
    home.beforeCall = () => undefined;
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
