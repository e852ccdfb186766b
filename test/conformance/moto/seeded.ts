import type { AccountState } from '../../../sandbox/account/state.ts';
import { expectAlike } from './comparison.ts';
import type { ServiceState } from './service.ts';
import { partOf, serviceOf } from './services.ts';

/**
 * That the imitation holds what the laptop cloud holds after the same seed: each resource, with each field that is
 * read from both. Without this a seeder that made nothing would pass for an innocent that stayed.
 */
export function expectSeeded(imitated: AccountState, sandbox: AccountState, names: readonly string[]): void {
  for (const name of names) {
    const { invented } = serviceOf(name);
    const theirs = settled(partOf(imitated, name), invented) as ServiceState;
    const ours = settled(partOf(sandbox, name), invented) as ServiceState;
    for (const [kind, resources] of Object.entries(theirs))
      for (const [id, one] of Object.entries(ours[kind] ?? {}))
        expectAlike(
          { [`${name}/${kind}/${id}`]: shared(resources[id] ?? {}, one) },
          { [`${name}/${kind}/${id}`]: shared(one, resources[id]) },
        );
  }
}

/** One resource, with those of its fields that are read of the other as well; below a field nothing is left out. */
function shared(one: unknown, other: unknown): unknown {
  if (!isRecord(one) || !isRecord(other)) return one;
  return Object.fromEntries(Object.entries(one).filter(([field]) => field in other));
}

/** Without what is made up or absent or AWS's own, and lists in an order of their own, which means nothing in AWS's answers. */
function settled(value: unknown, invented: readonly string[]): unknown {
  if (Array.isArray(value))
    return value
      .map((one) => settled(one, invented))
      .sort((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right)));
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, one]) => one !== undefined && !invented.includes(key) && !OF_AWS.test(key),
  );
  return Object.fromEntries(
    kept.sort(([a], [b]) => a.localeCompare(b)).map(([key, one]) => [key, settled(one, invented)]),
  );
}

/** Tags that a service of AWS put there, which no seeder can. */
const OF_AWS = /^aws:(cloudformation|autoscaling|servicecatalog):/;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
