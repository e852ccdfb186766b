import { parseArn } from '../../core/arn.ts';
import { mentionsOfCredentials } from '../../core/credentials.ts';
import { mentionsInDetails } from '../../core/detail-identifiers.ts';
import { at, leaves, textAt } from '../../core/document.ts';
import type { Trust } from '../../core/entity.ts';
import { keyAt, type Mention, mentionOfArn, type Place } from '../../core/mention.ts';
import { kindOfResourceType } from '../../core/resource-type.ts';
import type { OcsfDocument, OcsfResource } from './document.ts';

/** Everything that `resources` names, and the bucket of a data security finding. */
export function mentionsOfResources(document: OcsfDocument, place: Place, trust: Trust): Mention[] {
  return [
    ...(document.resources ?? []).flatMap((resource) => mentionsOfResource(resource, document, place, trust)),
    ...mentionsOfBucket(document, trust),
  ];
}

function mentionsOfResource(
  resource: OcsfResource,
  document: OcsfDocument,
  place: Place,
  trust: Trust,
): Mention[] {
  const main = identityOf(resource, document, trust);
  if (!main) return [];
  if (main.kind === 'access-key') return mentionsOfKey(main, resource, place, trust);
  const data = at(resource, 'data');
  return [
    main,
    ...(main.kind === 'instance' ? mentionsOfProfile(main, data, place) : []),
    ...mentionsInDetails(data, keyAt(place, main.kind, main.id), trust),
  ];
}

/**
 * The type says what it is, and an ARN of that kind how it is called: `uid` may be an id of another sort, as IAM's
 * `AROA…`. A type of no known kind is read by its ARN.
 */
function identityOf(resource: OcsfResource, document: OcsfDocument, trust: Trust): Mention | undefined {
  const kind = kindOfResourceType(resource.type ?? '');
  const region = resource.region ?? undefined;
  const named = [resource.uid, resource.uid_alt].flatMap(
    (text) => (text && mentionOfArn(text, 'target', trust)) || [],
  );
  const fitting = named.find((one) => kind === 'other' || one.kind === kind);
  if (fitting) return { ...fitting, region: fitting.region ?? region };
  const id = resource.uid || resource.uid_alt;
  if (!id || id.length > 2048) return undefined;
  const bucket = textAt(document, 'databucket', 'name');
  if (kind === 'object')
    return { kind, id: bucket ? `${bucket}/${id}` : id, part: 'target', trust: 'claimed', region };
  if (kind === 'account' && !/^\d{12}$/.test(id)) return named[0];
  return { kind, id: parseArn(id)?.resource.split(/[:/]/).at(-1) || id, part: 'target', trust, region };
}

function mentionsOfKey(key: Mention, resource: OcsfResource, place: Place, trust: Trust): Mention[] {
  const userType = textAt(resource, 'data', 'user_type') ?? textAt(resource, 'user', 'type');
  const userName = textAt(resource, 'data', 'user_name') ?? textAt(resource, 'user', 'name');
  // One id; copies that were made unrecognisable have two.
  return [key.id, textAt(resource, 'data', 'access_key_id')]
    .filter((id) => id !== undefined)
    .flatMap((accessKeyId) => mentionsOfCredentials({ userType, userName, accessKeyId }, 'target', place))
    .map((one) => ({ ...one, region: key.region, trust: trust === 'claimed' ? trust : one.trust }));
}

function mentionsOfProfile(instance: Mention, data: unknown, place: Place): Mention[] {
  const arn = leaves(data).find(({ path }) => path.at(-1) === 'iamInstanceProfileArn')?.value;
  const role = parseArn(String(arn ?? ''))
    ?.resource.split('/')
    .slice(1)
    .at(-1);
  const parent = keyAt(place, 'instance', instance.id);
  // A profile's name is not always its role's: good for a question, not for a change.
  return role ? [{ kind: 'role', id: role, part: 'related', trust: 'claimed', parent }] : [];
}

function mentionsOfBucket(document: OcsfDocument, trust: Trust): Mention[] {
  const named = mentionOfArn(textAt(document, 'databucket', 'uid') ?? '', 'target', trust);
  return named?.kind === 'bucket' ? [named] : [];
}
