import { healthServices } from '../adapters/member-services.gen.ts';
import { reads } from '../health/operations.ts';
import { healthProbe } from '../health/probe.ts';
import { StepInput } from '../response/step.ts';
import { watchHealth } from '../response/watch-health.ts';
import { coveredAccount } from './covered-account.ts';
import { measuredHandler } from './measured-handler.ts';
import { clock, openLedger } from './ports.ts';

const accountOf = coveredAccount(healthServices);
const parts = {
  ledger: openLedger(),
  health: healthProbe((place, incident) => accountOf(place, reads, incident)),
  clock,
};

export const handler = measuredHandler(async (event: unknown) =>
  watchHealth(StepInput.parse(event).incidentId, parts),
);
