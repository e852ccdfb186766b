import { type Document, textAt } from '../../core/document.ts';
import type { Entity, EntityKind } from '../../core/entity.ts';
import { keyAt, type Mention, type Place } from '../../core/mention.ts';

/** `userType` of GuardDuty's AccessKeyDetails. Who federates chooses his own name, so that name is a claim. */
const principals: Readonly<Record<string, { kind: EntityKind; trust: Entity['trust'] }>> = {
  IAMUser: { kind: 'user', trust: 'asserted' },
  Root: { kind: 'root', trust: 'asserted' },
  AssumedRole: { kind: 'role', trust: 'asserted' },
  Role: { kind: 'role', trust: 'asserted' },
  FederatedUser: { kind: 'other', trust: 'claimed' },
};

/** What a finding says of somebody who used credentials; `userType` is AWS's word for what he is. */
export interface Credentials {
  readonly userType: string | undefined;
  readonly userName: string | undefined;
  readonly accessKeyId: string | undefined;
}

/** A credential and the principal that it belongs to. For AssumedRole `userName` is the role's name. */
export function mentionsOfAccessKey(details: Document, part: Entity['part'], place: Place): Mention[] {
  const [userType, userName, accessKeyId] = ['userType', 'userName', 'accessKeyId'].map((name) =>
    textAt(details, name),
  );
  return mentionsOfCredentials({ userType, userName, accessKeyId }, part, place);
}

/** As `mentionsOfAccessKey`. A key is never said to belong to a name that somebody chose for himself. */
export function mentionsOfCredentials(
  { userType = '', userName, accessKeyId }: Credentials,
  part: Entity['part'],
  place: Place,
): Mention[] {
  const { kind, trust } = principals[userType] ?? { kind: 'other' as const, trust: 'asserted' as const };
  const principal = kind === 'root' ? 'root' : userName;
  const parent = principal && trust !== 'claimed' ? keyAt(place, kind, principal) : undefined;
  return [
    ...(accessKeyId
      ? [{ kind: 'access-key', id: accessKeyId, part, trust: 'asserted', parent } satisfies Mention]
      : []),
    ...(principal ? [{ kind, id: principal, part, trust } satisfies Mention] : []),
  ];
}
