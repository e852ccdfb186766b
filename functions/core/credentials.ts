import type { Entity, EntityKind } from './entity.ts';
import { keyAt, type Mention, type Place } from './mention.ts';

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
  /** For AssumedRole the role's name. */
  readonly userName: string | undefined;
  readonly accessKeyId: string | undefined;
}

/** A credential and its principal. A key is never said to belong to a name that somebody chose for himself. */
export function mentionsOfCredentials(
  { userType = '', userName, accessKeyId }: Credentials,
  part: Entity['part'],
  place: Place,
): Mention[] {
  const known = Object.hasOwn(principals, userType) ? principals[userType] : undefined;
  const { kind, trust } = known ?? { kind: 'other' as const, trust: 'asserted' as const };
  const principal = kind === 'root' ? 'root' : userName;
  const parent = principal && trust !== 'claimed' ? keyAt(place, kind, principal) : undefined;
  return [
    ...(accessKeyId
      ? [{ kind: 'access-key', id: accessKeyId, part, trust: 'asserted', parent } satisfies Mention]
      : []),
    ...(principal ? [{ kind, id: principal, part, trust } satisfies Mention] : []),
  ];
}
