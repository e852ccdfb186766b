import type { Claims, Clock } from '../core/ports.ts';
import { type CoordinationTable, seconds } from './coordination-table.ts';

interface Claim {
  readonly incident: string;
  readonly since: string;
}

/** Entity claims: keys in sorted order, so that two ingests meet at the first key that they share. */
export function claims(table: CoordinationTable, clock: Clock): Claims {
  async function claimOne(key: string, wanted: Claim, until: Date): Promise<Claim> {
    const fields = { ...wanted, expires: seconds(until) };
    const free = await table.put(`claim#${key}`, '-', fields, { unless: 'exists', lapsedBy: clock() });
    if (free) return wanted;
    const found = await table.get(`claim#${key}`);
    return found ? { incident: String(found.incident), since: String(found.since) } : wanted;
  }

  return {
    async claim(keys, proposed, until) {
      const mine = { incident: proposed, since: clock().toISOString() };
      let chosen = mine;
      const sorted = keys.toSorted();
      for (const key of sorted) chosen = oldest(chosen, await claimOne(key, chosen, until), proposed);
      const joined = { ...chosen, expires: seconds(until) };
      // Keys taken for `proposed` before an older incident was met, and claims that this finding keeps alive.
      for (const key of sorted) {
        await table.put(`claim#${key}`, '-', joined, { only: { incident: chosen.incident } });
        if (chosen.incident !== proposed)
          await table.put(`claim#${key}`, '-', joined, { only: { incident: proposed } });
      }
      return chosen.incident;
    },
    async holders(keys) {
      const found = await Promise.all(keys.map((key) => table.get(`claim#${key}`)));
      // DynamoDB may keep what has lapsed for days.
      const standing = found.filter((claim) => Number(claim?.expires) >= seconds(clock()));
      return [...new Set(standing.map((claim) => String(claim?.incident)))];
    },
  };
}

/** An incident that stands goes before one that is only proposed; of two that stand, the older. */
function oldest(chosen: Claim, found: Claim, proposed: string): Claim {
  if (chosen.incident === found.incident) return chosen;
  if (chosen.incident === proposed) return found;
  return found.since < chosen.since ? found : chosen;
}
