import { isStale, synthesize } from '../../cli/assembly.ts';

/** Makes the template and the functions' bundles once for all tests, where sources are newer. */
export async function setup(): Promise<void> {
  if (isStale()) await synthesize();
}
