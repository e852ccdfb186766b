import { digest } from '../core/canonical.ts';
import type { Regression } from '../core/health.ts';
import { entriesOf, type Incident } from '../core/incident.ts';
import type { Ledger } from '../core/ports.ts';
import { latestLook } from '../core/watch.ts';

/** What the latest look found worse, and people were not told of yet. */
export function newRegressions(incident: Incident): readonly Regression[] {
  const told = entriesOf(incident, 'rollback-offered')
    .filter(({ manifestHash }) => manifestHash === incident.plan?.manifestHash)
    .flatMap(({ regressions }) => regressions.map(({ of }) => of));
  return (latestLook(incident)?.regressions ?? []).filter(({ of }) => !told.includes(of));
}

/** Records that people are to be told what got worse, and how it is undone; `hold-lease` tells them. */
export function offerRollback(
  incident: Incident,
  regressions: readonly Regression[],
  { ledger }: { readonly ledger: Ledger },
): Promise<Incident> {
  const command = `offer#${incident.plan?.manifestHash}#${digest({ regressions })}`;
  return ledger.append(incident.id, 'decision', command, ({ plan, generation }) =>
    plan
      ? [
          {
            type: 'rollback-offered',
            generation,
            manifestHash: plan.manifestHash,
            regressions: [...regressions],
          },
        ]
      : [],
  );
}
