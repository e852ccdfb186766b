import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgets } from '../../functions/adapters/budgets.ts';
import { startHome, type TestHome } from './home.ts';

let home: TestHome;
beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.close());

describe('the budget of an action, an account and a day', () => {
  const open = (now = home.clock()) => budgets(home.coordination, () => now);
  const budget = (action: string, account = '111122223333') => ({ account, action });

  it('has as many places as it is asked for, and a change that is tried again keeps its own', async () => {
    const isolate = budget('isolate');
    expect(await open().take(isolate, 'm1#a1', 2)).toBe(true);
    expect(await open().take(isolate, 'm1#a1', 2)).toBe(true);
    expect(await open().take(isolate, 'm2#a1', 2)).toBe(true);
    expect(await open().take(isolate, 'm3#a1', 2)).toBe(false);
    expect(await open().take(isolate, 'm1#a1', 2)).toBe(true);
    expect((await open().uses(isolate)).toSorted()).toEqual(['m1#a1', 'm2#a1']);
  });

  it('gives one place to one of many that reach for it at the same time', async () => {
    const uses = Array.from({ length: 12 }, (_, index) => `m${index}#a1`);
    const taken = await Promise.all(uses.map((use) => open().take(budget('stop'), use, 5)));
    expect(taken.filter(Boolean).length).toBe(5);
    expect((await open().uses(budget('stop'))).length).toBe(5);
  });

  it('is no other action’s, account’s or day’s', async () => {
    const cut = budget('cut');
    await open().take(cut, 'm1#a1', 1);
    expect(await open().take(budget('cut', '444455556666'), 'm2#a1', 1)).toBe(true);
    expect(await open().take(budget('cut-all'), 'm2#a1', 1)).toBe(true);
    const tomorrow = new Date(home.clock().getTime() + 24 * 60 * 60 * 1000);
    expect(await open(tomorrow).take(cut, 'm2#a1', 1)).toBe(true);
    expect(await open().take(cut, 'm2#a1', 1)).toBe(false);
  });
});
