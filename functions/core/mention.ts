import { identityOf, parseArn } from './arn.ts';
import { type Entity, type EntityKind, entityKey } from './entity.ts';

const MAX_ENTITIES = 200;
const rank: Readonly<Record<Entity['trust'], number>> = {
  observed: 0,
  asserted: 1,
  recorded: 2,
  claimed: 3,
};

/** Nobody's account: where a finding's own account id is not one (redacted, cut off). */
const UNKNOWN_ACCOUNT = '000000000000';

/** An account id as it is, or UNKNOWN_ACCOUNT for digits that are none: then every entity is only a claim. */
export function accountOf(digits: string): string {
  return /^\d{12}$/.test(digits) ? digits : UNKNOWN_ACCOUNT;
}

/** Where a finding says that it happened: the defaults of every entity that it mentions. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** An entity as a source's reader finds it. What it leaves out comes from the finding's place. */
export type Mention = Pick<Entity, 'kind' | 'id' | 'part' | 'trust'> & {
  readonly arn?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly parent?: string | undefined;
};

/** Mentions as the finding's entities: one for each key, the best-trusted; in order of mention, targets first. */
export function entitiesOf(place: Place, mentions: readonly Mention[]): Entity[] {
  const byKey = new Map<string, Entity>();
  for (const mention of mentions) {
    const entity = entityOf(place, mention);
    const known = byKey.get(entityKey(entity));
    if (!known) byKey.set(entityKey(entity), entity);
    else if (rank[entity.trust] < rank[known.trust])
      byKey.set(entityKey(entity), { ...entity, part: known.part });
  }
  const entities = [...byKey.values()];
  const targets = entities.filter((entity) => entity.part === 'target');
  return [...targets, ...entities.filter((entity) => entity.part !== 'target')].slice(0, MAX_ENTITIES);
}

function entityOf(place: Place, { arn, account, region, parent, ...mention }: Mention): Entity {
  return {
    ...mention,
    trust: place.account === UNKNOWN_ACCOUNT ? 'claimed' : mention.trust,
    account: account ?? place.account,
    region: region ?? place.region,
    ...(arn !== undefined && { arn }),
    ...(parent !== undefined && { parent }),
  };
}

/** The key that an entity of this kind will have, for naming it as a parent. */
export function keyAt(place: Place, kind: EntityKind, id: string): string {
  return entityKey({ kind, id, account: place.account });
}

/** A mention of what an ARN names; undefined for a text that is no ARN. Session names in STS ARNs are dropped. */
export function mentionOfArn(
  text: string,
  part: Entity['part'],
  trust: Entity['trust'],
): Mention | undefined {
  const arn = parseArn(text);
  if (!arn) return undefined;
  const identity = identityOf(arn);
  return {
    ...identity,
    part,
    trust: identity.kind === 'object' ? 'claimed' : trust,
    ...(arn.service !== 'sts' && { arn: text }),
    ...(/^\d{12}$/.test(arn.account) && { account: arn.account }),
    ...(arn.region !== '' && { region: arn.region }),
  };
}
