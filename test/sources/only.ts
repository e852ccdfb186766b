import type { Finding } from '../../functions/core/finding.ts';
import { normalise } from '../../functions/sources/normalise.ts';

/** The one finding of a document. */
export function only(document: unknown): Finding {
  const [finding, ...others] = normalise(document);
  if (!finding || others.length > 0)
    throw new Error(`expected one finding, found ${others.length + (finding ? 1 : 0)}`);
  return finding;
}

/** The finding's entities of a kind, without what follows from its place. */
export function entitiesOf({ entities }: Finding, kind: string) {
  return entities.filter((one) => one.kind === kind).map(({ id, part, trust }) => ({ id, part, trust }));
}
