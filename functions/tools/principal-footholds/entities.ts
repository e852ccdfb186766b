import { type Entity, entityKey, type Made, MOST_CALLS } from '../../core/entity.ts';
import type { Foothold } from '../../core/footholds.ts';

type Maker = Pick<Entity, 'kind' | 'id' | 'account' | 'region'>;

/** What a principal made, one entity for each thing. */
export function entitiesOf(made: readonly Omit<Foothold, 'uniqueId'>[], maker: Maker): Entity[] {
  const things = Map.groupBy(made, ({ kind, id }) => `${kind}:${id}`);
  return [...things.values()].flatMap(([thing, ...more]) =>
    thing ? [entityOf(thing, [thing, ...more], maker)] : [],
  );
}

function entityOf(
  { kind, id, of }: Omit<Foothold, 'uniqueId'>,
  footholds: readonly Pick<Foothold, 'call' | 'at' | 'event'>[],
  maker: Maker,
): Entity {
  const { account, region } = maker;
  return {
    ...{ kind, id, account, region, part: 'related', trust: 'recorded' },
    ...(of ? { parent: entityKey({ kind: 'user', id: of, account }) } : {}),
    made: { by: entityKey(maker), calls: callsOf(footholds) },
  };
}

/** What was made whole is answered whole, and not in its parts as well. */
function callsOf(footholds: readonly Pick<Foothold, 'call' | 'at' | 'event'>[]): Made['calls'] {
  const whole = footholds.filter(({ call }) => call === 'CreateUser' || call === 'CreateRole');
  const telling = whole.length > 0 ? whole : footholds;
  return telling.slice(0, MOST_CALLS).map(({ call, at, event }) => ({ call, at, event }));
}
