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

/** A credential and the principal that it belongs to. For AssumedRole `userName` is the role's name. */
export function mentionsOfAccessKey(details: Document, part: Entity['part'], place: Place): Mention[] {
  const userType = textAt(details, 'userType') ?? '';
  const { kind, trust } = principals[userType] ?? { kind: 'other' as const, trust: 'asserted' as const };
  const principal = kind === 'root' ? 'root' : textAt(details, 'userName');
  const accessKey = textAt(details, 'accessKeyId');
  const parent = principal && keyAt(place, kind, principal);
  return [
    ...(accessKey
      ? [{ kind: 'access-key', id: accessKey, part, trust: 'asserted', parent } satisfies Mention]
      : []),
    ...(principal ? [{ kind, id: principal, part, trust } satisfies Mention] : []),
  ];
}
