import { parseArn } from '../../core/arn.ts';
import { mentionsOfCredentials } from '../../core/credentials.ts';
import { mentionsInDetails } from '../../core/detail-identifiers.ts';
import { textAt } from '../../core/document.ts';
import type { EntityKind, Trust } from '../../core/entity.ts';
import { keyAt, type Mention, mentionOfArn, type Place } from '../../core/mention.ts';
import { kindOfResourceType } from '../../core/resource-type.ts';
import type { AsffResource } from './document.ts';
import { detailsOf } from './fields.ts';

/** One entry of `Resources`. An ARN says what it names; the type is asked where there is none, or it names nothing known. */
export function mentionsOfResource(resource: AsffResource, place: Place, trust: Trust): Mention[] {
  const details = detailsOf(resource);
  const region = resource.region ?? undefined;
  const named = mentionOfArn(resource.id, 'target', trust);
  const main: Mention = named
    ? { ...typed(named, resource), region: named.region ?? region }
    : { ...plainIdentity(resource, place), part: 'target', trust, region };
  if (main.kind === 'access-key') return mentionsOfAccessKey(main, details, place, trust);
  const hung = main.kind === 'instance' ? mentionsOfInstance(main, details, place) : [];
  return [main, ...hung, ...mentionsInDetails(details, keyAt(place, main.kind, main.id), trust)];
}

/** A resource whose ARN is of no known form, such as one that a tool wrote, is still what its type says. */
function typed(named: Mention, { type, id }: AsffResource): Mention {
  const kind = kindOfResourceType(type);
  if (named.kind !== 'other' || kind === 'other' || kind === 'account') return named;
  return { ...named, kind, id: id.split(/[:/]/).at(-1) || named.id };
}

/** `AWS::IAM::AccessKey:AKIA…`, `AWS::::Account:1234…`, the account alone or the service's own identifier. */
function plainIdentity({ id, type }: AsffResource, { account }: Place): { kind: EntityKind; id: string } {
  const short = /^AWS::[\w:]*:([^:]+)$/.exec(id)?.[1] ?? id;
  const kind = kindOfResourceType(type);
  if (kind === 'other' && short === account) return { kind: 'account', id: short };
  return { kind: kind === 'account' && !/^\d{12}$/.test(short) ? 'other' : kind, id: short };
}

/** ASFF's `PrincipalType` has GuardDuty's words where the finding is GuardDuty's, and else `User` or `Role`. */
function mentionsOfAccessKey(key: Mention, details: unknown, place: Place, trust: Trust): Mention[] {
  const type = textAt(details, 'principalType') ?? 'User';
  const federated = /federated/i.test(type);
  const userType = federated ? type : /role/i.test(type) ? 'Role' : /root/i.test(type) ? 'Root' : 'IAMUser';
  const userName = textAt(details, 'principalName') ?? textAt(details, 'userName');
  const mentions = mentionsOfCredentials({ userType, userName, accessKeyId: key.id }, 'target', place);
  return mentions.map((one) => ({
    ...one,
    region: key.region,
    trust: trust === 'claimed' ? trust : one.trust,
  }));
}

function mentionsOfInstance(instance: Mention, details: unknown, place: Place): Mention[] {
  const profile = parseArn(textAt(details, 'iamInstanceProfileArn') ?? '');
  const role = profile?.resource.split('/').slice(1).at(-1);
  const parent = keyAt(place, 'instance', instance.id);
  // A profile's name is not always its role's: good for a question, not for a change.
  return role ? [{ kind: 'role', id: role, part: 'related', trust: 'claimed', parent }] : [];
}
