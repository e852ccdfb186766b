import { type Entity, isBroughtIn } from '../core/entity.ts';
import { TagsUnreadableError } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import type { OwnEnvironment } from '../core/own-environment.ts';
import {
  asksForTags,
  crownJewel,
  knownCaller,
  type Named,
  type OwnersKnowledge,
  openChangeWindows,
  ownerOf,
} from '../core/owners-knowledge.ts';
import type { TagProbe } from '../core/ports.ts';
import type { Tag } from '../core/reserved-tags.ts';

export interface AppraiseParts {
  readonly environment: OwnEnvironment;
  readonly tags: TagProbe;
}

type Resource = Named & Pick<Entity, 'region'>;

/** A resource with what the owner says of it. */
export interface Appraisal {
  readonly resource: Resource;
  /** Why it must not go down. */
  readonly crownJewel?: string;
  readonly owner?: OwnEnvironment['owners'][number];
}

/** What an incident may be about is more than people read. */
const MOST = 20;

/** Looks a resource up in the owner's file. Where a tag decides and AWS does not tell it, it counts as a crown jewel. */
export async function appraise(
  resource: Resource,
  incident: string,
  { environment, tags }: AppraiseParts,
): Promise<Appraisal> {
  const read = asksForTags(environment) ? await tagsOf(resource, incident, tags) : [];
  const known = read ?? [];
  const isJewelByTag = environment.crownJewels.some((jewel) => 'tag' in jewel);
  const unread = read === undefined && isJewelByTag ? 'its tags could not be read' : undefined;
  const because = crownJewel(resource, known, environment) ?? unread;
  const owner = ownerOf(resource, known, environment);
  return { resource, ...(because ? { crownJewel: because } : {}), ...(owner ? { owner } : {}) };
}

/** Undefined where AWS does not answer. What has no tags that are read is told by its name alone. */
async function tagsOf(
  resource: Resource,
  incident: string,
  tags: TagProbe,
): Promise<readonly Tag[] | undefined> {
  try {
    return await tags.tagsOf(resource, incident);
  } catch (error) {
    return error instanceof TagsUnreadableError ? [] : undefined;
  }
}

/** What an incident is about by AWS's word: whom to ask where nothing is to be changed. */
export function appraiseAll(incident: Incident, parts: AppraiseParts): Promise<Appraisal[]> {
  const about = incident.entities.filter((entity) => entity.part === 'target' && !isBroughtIn(entity));
  return Promise.all(about.slice(0, MOST).map((entity) => appraise(entity, incident.id, parts)));
}

/** What people are told of it. Nothing where the owner's file says nothing. */
export function knowledgeOf(
  { findings, entities }: Incident,
  appraisals: readonly Appraisal[],
  environment: OwnEnvironment,
): { readonly known?: OwnersKnowledge } {
  const latest = findings.at(-1);
  const owners = appraisals.flatMap(({ resource, owner }) =>
    owner
      ? [
          {
            of: owner.tag ? resource.id : `account ${resource.account}`,
            name: owner.name,
            email: owner.email,
          },
        ]
      : [],
  );
  const crownJewels = appraisals.flatMap(({ resource: { id }, crownJewel: because }) =>
    because ? [{ id, because }] : [],
  );
  const known: OwnersKnowledge = {
    owners: distinct(owners),
    crownJewels: distinct(crownJewels),
    changeWindows: latest ? openChangeWindows(latest, environment).slice(0, MOST) : [],
    callers: distinct(entities.flatMap((entity) => knownCaller(entity, environment) ?? [])),
  };
  return Object.values(known).some((list) => list.length > 0) ? { known } : {};
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()].slice(0, MOST);
}
