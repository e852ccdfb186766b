import { actions } from '../actions/registry.gen.ts';
import { openAccount } from '../adapters/account.ts';
import { accountClients } from '../adapters/account-clients.ts';
import { actionServices } from '../adapters/member-services.gen.ts';
import { playbookFor } from '../analyst/playbook.ts';
import { limits } from '../generated/policies.gen.ts';
import { type PlanParts, plan } from '../response/plan.ts';
import { StepInput } from '../response/step.ts';
import { measuredHandler } from './measured-handler.ts';
import { openLedger } from './ports.ts';

const clientsOf = accountClients(actionServices);

const parts: PlanParts = {
  ledger: openLedger(),
  actions,
  playbookFor,
  limits,
  accountOf: ({ account: id, region }, declared) =>
    openAccount({ id, region, declared, mode: 'read', clients: clientsOf() }),
};

export const handler = measuredHandler(async (event: unknown) =>
  plan(StepInput.parse(event).incidentId, parts),
);
