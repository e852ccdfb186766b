import { regressionsOf } from '../core/health.ts';
import type { Clock, HealthProbe, Ledger } from '../core/ports.ts';
import { lookDue, watchOf } from '../core/watch.ts';
import { type Step, step } from './step.ts';

export interface WatchHealthParts {
  readonly ledger: Ledger;
  readonly health: Pick<HealthProbe, 'look'>;
  readonly clock: Clock;
}

/** Looks at what a containment may have broken, if a look is due, and records what was seen. It decides nothing. */
export async function watchHealth(
  incidentId: string,
  { ledger, health, clock }: WatchHealthParts,
): Promise<Step> {
  const incident = await ledger.read(incidentId);
  const watch = watchOf(incident);
  const look = watch && lookDue(watch, clock());
  if (!watch || look === undefined) return step('decide-lease');
  const { baseline, changedAt } = watch;
  const { manifestHash, generation } = baseline;
  const signs = [...(await health.look(baseline.signs, watch, incident.id))];
  const regressions = regressionsOf(baseline.signs, signs, changedAt);
  await ledger.append(incident, 'fact', `health#${generation}#${manifestHash}#${look}`, () => [
    { type: 'health-observed', generation, manifestHash, look, signs, regressions },
  ]);
  return step('decide-lease');
}
