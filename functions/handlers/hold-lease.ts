import { holdLease } from '../response/hold-lease.ts';
import { StepInput } from '../response/step.ts';
import { openDoorbells } from './doorbells.ts';
import { measuredHandler } from './measured-handler.ts';
import { openAnnouncer } from './people.ts';
import { openLedger } from './ports.ts';

const announce = openAnnouncer();
const parts = { ledger: openLedger(), doorbells: openDoorbells() };

export const handler = measuredHandler(async (event: unknown) => {
  const { incidentId, taskToken } = StepInput.required({ taskToken: true }).parse(event);
  const { incident, isNews } = await holdLease(incidentId, taskToken, parts);
  if (isNews) await announce(incident);
});
