import type { Claims, Clock } from '../core/ports.ts';
import { type CoordinationTable, seconds } from './coordination-table.ts';

interface Claim {
  readonly incident: string;
  readonly since: string;
}

/** A claim as it was found or made, and until when it is recorded, in epoch seconds. */
interface Held extends Claim {
  readonly expires: number;
  /** It was free until now. */
  readonly isFresh: boolean;
}

/** A claim is written anew only when that gives it so much more time: most findings about an entity only read it. */
const RENEWED_AFTER_SECONDS = 60 * 60;

/** Entity claims: keys in sorted order, so that two ingests meet at the first key that they share. */
export function claims(table: CoordinationTable, clock: Clock): Claims {
  async function claimOne(key: string, wanted: Claim, until: Date): Promise<Held> {
    const now = clock();
    const known = await standing(key, now);
    if (known) return known;
    const expires = seconds(until);
    const fields = { incident: wanted.incident, since: wanted.since, expires };
    const isFresh = await table.put(`claim#${key}`, '-', fields, { unless: 'exists', lapsedBy: now });
    if (isFresh) return { ...fields, isFresh };
    return (await standing(key, now)) ?? { ...fields, isFresh };
  }

  async function standing(key: string, now: Date): Promise<Held | undefined> {
    const found = await table.get(`claim#${key}`);
    if (!found || Number(found.expires) < seconds(now)) return undefined;
    const { incident, since, expires } = found;
    return {
      incident: String(incident),
      since: String(since),
      expires: Number(expires),
      isFresh: false,
    };
  }

  /** Keys taken for `proposed` before another incident was met go to that one; claims that the finding keeps alive are renewed. */
  async function settle(
    key: string,
    held: Held,
    chosen: Claim,
    proposed: string,
    until: Date,
  ): Promise<void> {
    const expires = seconds(until);
    const isOurs = held.incident === chosen.incident;
    const isStale = isOurs ? expires - held.expires >= RENEWED_AFTER_SECONDS : held.incident === proposed;
    if (!isStale) return;
    const { incident, since } = chosen;
    await table.put(`claim#${key}`, '-', { incident, since, expires }, { only: { incident: held.incident } });
  }

  return {
    async claim({ own, roles, isLedByRoles }, proposed, until) {
      const held = new Map<string, Held>();
      let chosen: Claim = { incident: proposed, since: clock().toISOString() };
      for (const key of own.toSorted()) {
        const found = await claimOne(key, chosen, until);
        held.set(key, found);
        chosen = oldest(chosen, found, proposed);
      }
      const isLed = isLedByRoles && [...held.values()].every(({ isFresh }) => isFresh);
      for (const key of roles.toSorted()) {
        const found = await claimOne(key, chosen, until);
        if (!isLed && found.incident !== chosen.incident) continue;
        held.set(key, found);
        chosen = oldest(chosen, found, proposed);
      }
      for (const [key, found] of held) await settle(key, found, chosen, proposed, until);
      const others = own.flatMap((key) => {
        const found = held.get(key);
        return found && !found.isFresh && found.incident !== chosen.incident ? [found.incident] : [];
      });
      return [chosen.incident, ...new Set(others)];
    },
    async move(keys, from, to, until) {
      const fields = { incident: to, since: clock().toISOString(), expires: seconds(until) };
      for (const key of keys) await table.put(`claim#${key}`, '-', fields, { only: { incident: from } });
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
  if (chosen.incident === found.incident) return found.since < chosen.since ? found : chosen;
  if (chosen.incident === proposed) return found;
  if (found.incident === proposed) return chosen;
  return found.since < chosen.since ? found : chosen;
}
