import { regressionsOf } from '../core/health.ts';
import type { Incident } from '../core/incident.ts';
import type { HealthProbe } from '../core/ports.ts';
import { lookDue, watchOf } from '../core/watch.ts';
import { type Step, step } from './step.ts';
import { type SweepParts, sweep } from './sweep.ts';

export interface WatchHealthParts extends SweepParts {
  readonly health: Pick<HealthProbe, 'look'>;
}

/**
 * Looks again after a containment, as far as a look is due: at what it may have broken, and for what its principals
 * made before they were cut off. It records what was seen, and decides nothing.
 */
export async function watchHealth(incidentId: string, parts: WatchHealthParts): Promise<Step> {
  const incident = await parts.ledger.read(incidentId);
  await sweep(await lookAtHealth(incident, parts), parts);
  return step('decide-lease');
}

async function lookAtHealth(
  incident: Incident,
  { ledger, health, clock }: WatchHealthParts,
): Promise<Incident> {
  const watch = watchOf(incident);
  const look = watch && lookDue(watch, clock());
  if (!watch || look === undefined) return incident;
  const { baseline, changedAt } = watch;
  const { manifestHash, generation } = baseline;
  const signs = [...(await health.look(baseline.signs, watch, incident.id))];
  const regressions = regressionsOf(baseline.signs, signs, changedAt);
  return ledger.append(incident, 'fact', `health#${generation}#${manifestHash}#${look}`, () => [
    { type: 'health-observed', generation, manifestHash, look, signs, regressions },
  ]);
}
