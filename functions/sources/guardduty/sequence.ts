import { at, listAt, textAt } from '../../core/document.ts';
import type { EntityKind } from '../../core/entity.ts';
import { type Mention, mentionOfArn } from '../../core/mention.ts';

/**
 * The actors and resources of an attack sequence:
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Sequence.html.
 */
export function mentionsOfSequence(service: unknown): Mention[] {
  const sequence = at(service, 'detection', 'sequence');
  return [
    ...listAt(sequence, 'resources').flatMap((resource) => {
      const named = mentionOfArn(textAt(resource, 'uid') ?? '', 'target', 'asserted');
      return named ? [named] : mentionOfAccessKey(resource);
    }),
    ...listAt(sequence, 'actors').flatMap(mentionsOfActor),
  ];
}

function mentionOfAccessKey(resource: unknown): Mention[] {
  const id = textAt(resource, 'uid') ?? textAt(resource, 'name');
  if (!id) return [];
  const kind: EntityKind = /access_?key/i.test(textAt(resource, 'resourceType') ?? '')
    ? 'access-key'
    : 'other';
  return [{ kind, id, part: 'target', trust: 'asserted' }];
}

function mentionsOfActor(actor: unknown): Mention[] {
  const key = textAt(actor, 'user', 'credentialUid');
  const name = textAt(actor, 'user', 'name');
  const type = textAt(actor, 'user', 'type') ?? '';
  const kind: EntityKind = type === 'IAMUser' ? 'user' : type === 'AssumedRole' ? 'role' : 'other';
  return [
    ...(key ? [{ kind: 'access-key', id: key, part: 'actor', trust: 'asserted' } satisfies Mention] : []),
    ...(name ? [{ kind, id: name, part: 'actor', trust: 'asserted' } satisfies Mention] : []),
  ];
}
