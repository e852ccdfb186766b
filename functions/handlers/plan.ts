import { actions } from '../actions/registry.gen.ts';
import { actionServices, healthServices } from '../adapters/member-services.gen.ts';
import { playbookFor } from '../analyst/playbook.ts';
import { limits } from '../generated/policies.gen.ts';
import { reads } from '../health/operations.ts';
import { healthProbe } from '../health/probe.ts';
import { type PlanParts, plan } from '../response/plan.ts';
import { StepInput } from '../response/step.ts';
import { coveredAccount } from './covered-account.ts';
import { measuredHandler } from './measured-handler.ts';
import { openLedger } from './ports.ts';

const accountOf = coveredAccount({ ...actionServices, ...healthServices });
const parts: PlanParts = {
  ledger: openLedger(),
  actions,
  playbookFor,
  limits,
  health: healthProbe((place, incident) => accountOf(place, reads, incident)),
  accountOf,
};

export const handler = measuredHandler(async (event: unknown) =>
  plan(StepInput.parse(event).incidentId, parts),
);
