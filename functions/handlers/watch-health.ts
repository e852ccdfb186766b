import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings, measured } from '../adapters/clients.ts';
import { healthServices, toolServices } from '../adapters/member-services.gen.ts';
import { workflow } from '../adapters/workflow.ts';
import { reads } from '../health/operations.ts';
import { healthProbe } from '../health/probe.ts';
import { StepInput } from '../response/step.ts';
import { type WatchHealthParts, watchHealth } from '../response/watch-health.ts';
import { footholdProbe } from '../tools/principal-footholds/probe.ts';
import { reads as footholdReads } from '../tools/principal-footholds/read.ts';
import { coveredAccount } from './covered-account.ts';
import { environment } from './environment.ts';
import { measuredHandler } from './measured-handler.ts';
import { clock, openLedger } from './ports.ts';

const { STATE_MACHINE_ARN } = environment('STATE_MACHINE_ARN');
const accountOf = coveredAccount({ ...healthServices, ...toolServices });
const parts: WatchHealthParts = {
  ledger: openLedger(),
  health: healthProbe((place, incident) => accountOf(place, reads, incident)),
  footholds: footholdProbe((place, incident) => accountOf(place, footholdReads, incident)),
  workflow: workflow(STATE_MACHINE_ARN, measured(new SFNClient(clientSettings))),
  clock,
};

export const handler = measuredHandler(async (event: unknown) =>
  watchHealth(StepInput.parse(event).incidentId, parts),
);
