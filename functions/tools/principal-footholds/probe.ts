import { boundedText } from '../../core/bounded.ts';
import type { Entity } from '../../core/entity.ts';
import type { Target } from '../../core/plan.ts';
import type { FootholdProbe } from '../../core/ports.ts';
import type { Place } from '../../core/resource-pattern.ts';
import { entitiesOf } from './entities.ts';
import { type Reader, readFootholdCalls, standingFootholds } from './read.ts';

interface Found {
  readonly found: Entity[];
  readonly gaps: string[];
}

/** Asks each account once for the calls, whoever of its principals made them. */
export function footholdProbe(accountOf: (place: Place, incident: string) => Reader): FootholdProbe {
  return {
    async made(principals, incident) {
      const places = Map.groupBy(principals, ({ account, region }) => `${account} ${region}`);
      const answers = await Promise.all(
        [...places.values()].map((group) => madeIn(group, (place) => accountOf(place, incident))),
      );
      return { found: answers.flatMap(({ found }) => found), gaps: answers.flatMap(({ gaps }) => gaps) };
    },
  };
}

/** What cannot be read is a gap: the next look tries again. */
async function madeIn(principals: readonly Target[], open: (place: Place) => Reader): Promise<Found> {
  const [place] = principals;
  if (!place) return { found: [], gaps: [] };
  try {
    return await readAll(principals, open(place));
  } catch (error) {
    const cause = error instanceof Error ? error.name : 'it could not be read';
    return { found: [], gaps: [boundedText(`account ${place.account}: ${cause}`, 300)] };
  }
}

async function readAll(principals: readonly Target[], account: Reader): Promise<Found> {
  const calls = await readFootholdCalls(account);
  const found: Entity[] = [];
  let isWhole = true;
  for (const principal of usersFirst(principals)) {
    const { made, truncated } = await standingFootholds(calls, principal, account);
    found.push(...entitiesOf(made, principal));
    isWhole &&= !truncated;
  }
  const gaps = isWhole ? [] : [`account ${account.id}: CloudTrail has more calls than were read`];
  return { found: eachOnce(found), gaps };
}

/** Whatever a key made, its user made: with the user's calls first, none is left out where both are asked about. */
function usersFirst(principals: readonly Target[]): Target[] {
  return principals.toSorted((a, b) => Number(b.kind === 'user') - Number(a.kind === 'user'));
}

function eachOnce(found: readonly Entity[]): Entity[] {
  const byKey = new Map(found.toReversed().map((entity) => [`${entity.kind} ${entity.id}`, entity]));
  return [...byKey.values()].reverse();
}
