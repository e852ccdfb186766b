import { at, listAt, textAt } from '../../core/document.ts';
import type { EntityKind } from '../../core/entity.ts';
import { keyAt, type Mention, mentionOfArn, type Place } from '../../core/mention.ts';
import type { MacieDocument } from './document.ts';

/** The bucket, the object that Macie read, and who made the call that a policy finding is about. */
export function mentionsOf({ resourcesAffected, policyDetails }: MacieDocument, place: Place): Mention[] {
  return [...bucketAndObject(resourcesAffected), ...actor(at(policyDetails, 'actor'), place)];
}

/** An object's key is its writer's text, but Macie opened the object: it is there. */
function bucketAndObject({ s3Bucket, s3Object }: MacieDocument['resourcesAffected']): Mention[] {
  const arn = textAt(s3Bucket, 'arn') ?? textAt(s3Object, 'bucketArn');
  const name = textAt(s3Bucket, 'name') ?? arn?.split(':').at(-1);
  const key = textAt(s3Object, 'key');
  return [
    ...(name ? [{ kind: 'bucket', id: name, arn, part: 'target', trust: 'asserted' } satisfies Mention] : []),
    ...(name && key
      ? [{ kind: 'object', id: `${name}/${key}`, part: 'target', trust: 'asserted' } satisfies Mention]
      : []),
  ];
}

/** https://docs.aws.amazon.com/macie/latest/APIReference/findings-describe.html: FindingActor. */
function actor(details: unknown, place: Place): Mention[] {
  const address = textAt(details, 'ipAddressDetails', 'ipAddressV4');
  const domain = textAt(details, 'domainDetails', 'domainName');
  return [
    ...identities(at(details, 'userIdentity'), place),
    ...(address
      ? [{ kind: 'address', id: address, part: 'actor', trust: 'asserted' } satisfies Mention]
      : []),
    ...(domain ? [{ kind: 'domain', id: domain, part: 'actor', trust: 'claimed' } satisfies Mention] : []),
  ];
}

const identityKinds: Readonly<Record<string, EntityKind>> = {
  assumedRole: 'role',
  iamUser: 'user',
  root: 'root',
};

/** One of `assumedRole`, `iamUser`, `root`, `federatedUser`, `awsAccount` and `awsService`, as CloudTrail knows them. */
function identities(identity: unknown, place: Place): Mention[] {
  return Object.entries(identityKinds).flatMap(([field, kind]) =>
    listAt(identity, field).flatMap((one): Mention[] => {
      const principal = principalOf(one, kind);
      const key = textAt(one, 'accessKeyId');
      if (!principal) return key ? [accessKey(key)] : [];
      return [
        principal,
        ...(key ? [accessKey(key, keyAt({ ...place, ...ownAccount(principal) }, kind, principal.id))] : []),
      ];
    }),
  );
}

/** A role is named by who issued its session; the session's own name was its caller's choice. */
function principalOf(identity: unknown, kind: EntityKind): Mention | undefined {
  const arn = textAt(identity, 'sessionContext', 'sessionIssuer', 'arn') ?? textAt(identity, 'arn') ?? '';
  const named = mentionOfArn(arn, 'actor', 'asserted');
  if (named && named.kind === kind) return named;
  if (kind === 'root') return { kind, id: 'root', part: 'actor', trust: 'asserted' };
  const name =
    textAt(identity, 'sessionContext', 'sessionIssuer', 'userName') ?? textAt(identity, 'userName');
  return name ? { kind, id: name, part: 'actor', trust: 'asserted' } : undefined;
}

function ownAccount({ account }: Mention): { account?: string } {
  return account === undefined ? {} : { account };
}

function accessKey(id: string, parent?: string): Mention {
  return { kind: 'access-key', id, part: 'actor', trust: 'asserted', parent };
}
