import { sources } from '../../functions/sources/registry.gen.ts';

/** A finding of a source, as its event's `detail` holds it alone, or the whole event. */
type Example = Readonly<Record<string, unknown>>;

async function examplesOf(id: string): Promise<readonly Example[]> {
  const { examples } = (await import(`./examples/${id}.ts`)) as { readonly examples: readonly Example[] };
  return examples;
}

/**
 * What each source of the registry takes, by its id. A source without `test/sources/examples/<id>.ts` is an error: what
 * is asked of all sources here would not be asked of it.
 */
export const examplesById: ReadonlyMap<string, readonly Example[]> = new Map(
  await Promise.all(sources.map(async ({ id }) => [id, await examplesOf(id)] as const)),
);
