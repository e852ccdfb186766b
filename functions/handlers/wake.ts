import { StepInput, step } from '../response/step.ts';
import { wake } from '../response/wake.ts';
import { openDoorbells } from './doorbells.ts';
import { measuredHandler } from './measured-handler.ts';
import { openLedger } from './ports.ts';

const parts = { ledger: openLedger(), doorbells: openDoorbells() };

export const handler = measuredHandler(async (event: unknown) => {
  await wake(StepInput.parse(event).incidentId, parts);
  return step('end');
});
