import { type Document, listAt, textAt } from '../../core/document.ts';
import type { Entity } from '../../core/entity.ts';
import { keyAt, type Mention, type Place } from '../../core/mention.ts';

/** An instance with what hangs on it. */
export function mentionsOfInstance(details: Document, part: Entity['part'], place: Place): Mention[] {
  const id = textAt(details, 'instanceId');
  const role = textAt(details, 'iamInstanceProfile', 'arn')?.split('/').slice(1).at(-1);
  const parent = id && keyAt(place, 'instance', id);
  const image = textAt(details, 'imageId');
  return [
    ...(id ? [instance(id, part, place, role)] : []),
    // A profile is not a role: the names agree where the console made both. Good for a question, not for a change.
    ...(role ? [{ kind: 'role', id: role, part: 'related', trust: 'claimed' } satisfies Mention] : []),
    ...listAt(details, 'networkInterfaces').flatMap((one) => mentionsOfInterface(one, parent)),
    ...(image ? [{ kind: 'image', id: image, part: 'related', trust: 'asserted' } satisfies Mention] : []),
  ];
}

function instance(id: string, part: Entity['part'], place: Place, role: string | undefined): Mention {
  const arn = `arn:${place.partition}:ec2:${place.region}:${place.account}:instance/${id}`;
  return { kind: 'instance', id, arn, part, trust: 'asserted', parent: role && keyAt(place, 'role', role) };
}

function mentionsOfInterface(details: Document, parent: string | undefined): Mention[] {
  const id = textAt(details, 'networkInterfaceId');
  const publicIp = textAt(details, 'publicIp');
  const related = { part: 'related', trust: 'asserted', parent } as const;
  return [
    ...(id ? [{ kind: 'network-interface', id, ...related } satisfies Mention] : []),
    ...listAt(details, 'securityGroups').flatMap((group): Mention[] => {
      const groupId = textAt(group, 'groupId');
      return groupId ? [{ kind: 'security-group', id: groupId, ...related }] : [];
    }),
    ...(publicIp ? [{ kind: 'address', id: publicIp, ...related } satisfies Mention] : []),
  ];
}
