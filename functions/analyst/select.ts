import type { HandledEntity } from '../core/entity.ts';
import type { Selector } from '../core/playbook.ts';

const trustOrder = ['observed', 'asserted', 'claimed'] as const;

/** The entities that a selector means: the best-trusted first, otherwise in the order of their handles. */
export function selectEntities(
  { kind, part }: Selector,
  entities: readonly HandledEntity[],
): HandledEntity[] {
  return entities
    .filter((entity) => entity.kind === kind && (part === undefined || entity.part === part))
    .toSorted((a, b) => trustOrder.indexOf(a.trust) - trustOrder.indexOf(b.trust));
}
