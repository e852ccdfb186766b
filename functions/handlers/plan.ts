import { actions } from '../actions/registry.gen.ts';
import {
  actionServices,
  healthServices,
  stackServices,
  tagServices,
} from '../adapters/member-services.gen.ts';
import { playbookFor } from '../analyst/playbook.ts';
import { OwnEnvironment } from '../core/own-environment.ts';
import { limits, playbookTerms } from '../generated/policies.gen.ts';
import { reads } from '../health/operations.ts';
import { healthProbe } from '../health/probe.ts';
import { type PlanParts, plan } from '../response/plan.ts';
import { StepInput } from '../response/step.ts';
import { reads as stackReads } from '../stacks/operations.ts';
import { stackProbe } from '../stacks/probe.ts';
import { reads as tagReads } from '../tags/operations.ts';
import { tagProbe } from '../tags/probe.ts';
import { coveredAccount } from './covered-account.ts';
import { measuredHandler } from './measured-handler.ts';
import { policyData } from './policy-data.ts';
import { openLedger } from './ports.ts';

const accountOf = coveredAccount({ ...actionServices, ...healthServices, ...stackServices, ...tagServices });
const parts: PlanParts = {
  ledger: openLedger(),
  actions,
  playbookFor: (incident) => playbookFor(incident, playbookTerms),
  limits,
  health: healthProbe((place, incident) => accountOf(place, reads, incident)),
  stacks: stackProbe((place, incident) => accountOf(place, stackReads, incident)),
  tags: tagProbe((place, incident) => accountOf(place, tagReads, incident)),
  environment: policyData('environment.json', OwnEnvironment),
  accountOf,
};

export const handler = measuredHandler(async (event: unknown) =>
  plan(StepInput.parse(event).incidentId, parts),
);
