import { type CloseParts, close } from '../response/close.ts';
import { StepInput, step } from '../response/step.ts';
import { environment } from './environment.ts';
import { openPolicy } from './guardrails.ts';
import { measuredHandler } from './measured-handler.ts';
import { openAnnouncer } from './people.ts';
import { openKillSwitch, openLedger } from './ports.ts';

const parts: CloseParts = {
  ledger: openLedger(),
  policy: openPolicy(),
  killSwitch: openKillSwitch(),
  sandbox: environment('SANDBOX').SANDBOX,
};
const announce = openAnnouncer();

export const handler = measuredHandler(async (event: unknown) => {
  const incident = await close(StepInput.parse(event).incidentId, parts);
  await announce(incident);
  return step(incident.status);
});
