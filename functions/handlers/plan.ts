import { actions } from '../actions/registry.gen.ts';
import { openAccount } from '../adapters/account.ts';
import { playbookFor } from '../analyst/playbook.ts';
import { type PlanParts, plan } from '../response/plan.ts';
import { StepInput } from '../response/step.ts';
import { measuredHandler } from './measured-handler.ts';
import { openLedger } from './ports.ts';

const parts: PlanParts = {
  ledger: openLedger(),
  actions,
  playbookFor,
  accountOf: ({ account: id, region }, declared) => openAccount({ id, region, declared, mode: 'read' }),
};

export const handler = measuredHandler(async (event: unknown) =>
  plan(StepInput.parse(event).incidentId, parts),
);
