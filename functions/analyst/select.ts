import { type HandledEntity, Trust } from '../core/entity.ts';
import type { Selector } from '../core/playbook.ts';

/**
 * The entities that a selector means: the best-trusted first, otherwise in the order of their handles. What is there
 * only because an attacker made it is meant by none that does not say `made`: it must neither be asked in place of
 * what he attacked, nor be cut off like it.
 */
export function selectEntities(
  { kind, part, made }: Selector,
  entities: readonly HandledEntity[],
): HandledEntity[] {
  return entities
    .filter((entity) => entity.kind === kind && (part === undefined || entity.part === part))
    .filter((entity) => (made ? entity.made !== undefined : entity.trust !== 'recorded'))
    .toSorted((a, b) => Trust.options.indexOf(a.trust) - Trust.options.indexOf(b.trust));
}
