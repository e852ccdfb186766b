import type { Budgets, Clock } from '../core/ports.ts';
import { type CoordinationTable, seconds } from './coordination-table.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The places of a day's budget: one item a change, numbered from 1, of which each can be taken once. Two that reach
 * for the same place at the same time get two places, and a change that is tried again keeps its own.
 */
export function budgets(table: CoordinationTable, clock: Clock): Budgets {
  const placesOf = async (pk: string) => (await table.list(pk)).map(({ use }) => String(use));

  async function takeFrom(pk: string, use: string, most: number): Promise<boolean> {
    const taken = await placesOf(pk);
    if (taken.includes(use)) return true;
    const fields = { use, expires: seconds(new Date(clock().getTime() + 2 * DAY_MS)) };
    for (let place = taken.length + 1; place <= most; place += 1)
      if (await table.put(pk, String(place), fields, { unless: 'exists' })) return true;
    return false;
  }

  return {
    uses: ({ account, action }) => placesOf(partition(account, action, clock())),
    take: ({ account, action }, use, most) => takeFrom(partition(account, action, clock()), use, most),
  };
}

function partition(account: string, action: string, now: Date): string {
  return `budget#${account}#${action}#${now.toISOString().slice(0, 10)}`;
}
