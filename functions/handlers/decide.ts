import { familyOfAction } from '../actions/families.gen.ts';
import { budgets } from '../adapters/budgets.ts';
import { playbookFor } from '../analyst/playbook.ts';
import { limits, playbookTerms } from '../generated/policies.gen.ts';
import { type DecideParts, decideExecution, decideLease } from '../response/decide.ts';
import { StepInput } from '../response/step.ts';
import { environment } from './environment.ts';
import { openPolicy } from './guardrails.ts';
import { measuredHandler } from './measured-handler.ts';
import { clock, openCoordination, openKillSwitch, openLedger } from './ports.ts';

const parts: DecideParts = {
  ledger: openLedger(),
  policy: openPolicy(),
  killSwitch: openKillSwitch(),
  sandbox: environment('SANDBOX').SANDBOX,
  clock,
  familyOfAction,
  budgets: budgets(openCoordination(), clock),
  limits,
  playbookFor: (incident) => playbookFor(incident, playbookTerms),
};

export const handler = measuredHandler(async (event: unknown) => {
  const input = StepInput.parse(event);
  const decide = input.event === 'lease-ended' ? decideLease : decideExecution;
  return decide(input.incidentId, parts);
});
