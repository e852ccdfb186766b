import { setTimeout as pause } from 'node:timers/promises';
import { familyOfAction } from '../actions/families.gen.ts';
import { assumeAction, openAccount } from '../adapters/account.ts';
import { accountClients, type Services } from '../adapters/account-clients.ts';
import { budgets } from '../adapters/budgets.ts';
import { locks } from '../adapters/locks.ts';
import type { Action } from '../core/account.ts';
import { limits } from '../generated/policies.gen.ts';
import { type RemediateParts, remediate } from '../response/remediate.ts';
import { type Step, StepInput } from '../response/step.ts';
import { environment } from './environment.ts';
import { openPolicy } from './guardrails.ts';
import { measuredHandler } from './measured-handler.ts';
import { clock, openCoordination, openKillSwitch, openLedger } from './ports.ts';

/** The remediating functions differ in the family of actions that they hold, and whose roles trust them. */
export function remediationHandler(
  actions: readonly Action[],
  services: Services,
): (event: unknown) => Promise<Step> {
  const { SANDBOX, ACTION_ROLE_ARN, FORENSICS_ACCOUNT } = environment(
    'SANDBOX',
    'ACTION_ROLE_ARN',
    'FORENSICS_ACCOUNT',
  );
  const clientsOf = accountClients(services);
  const coordination = openCoordination();
  const parts: RemediateParts = {
    ledger: openLedger(),
    policy: openPolicy(),
    killSwitch: openKillSwitch(),
    locks: locks(coordination, clock),
    budgets: budgets(coordination, clock),
    limits,
    sandbox: SANDBOX,
    clock,
    pause: (milliseconds) => pause(milliseconds),
    actions,
    familyOfAction,
    async assume(action, planned, incident) {
      const { account: id, region } = planned.target;
      const credentials = await assumeAction({ action, planned, incident, roleArnPattern: ACTION_ROLE_ARN });
      const declared = [...action.reads, ...action.writes];
      return openAccount({
        id,
        region,
        declared,
        mode: 'write',
        clients: clientsOf(credentials),
        forensicsAccount: FORENSICS_ACCOUNT,
      });
    },
  };
  return measuredHandler(async (event: unknown) => remediate(StepInput.parse(event).incidentId, parts));
}
