import * as z from 'zod';
import { escalate, type WorkflowError } from '../response/escalate.ts';
import { StepInput, step } from '../response/step.ts';
import { measuredHandler } from './measured-handler.ts';
import { openAnnouncer } from './people.ts';
import { clock, openLedger } from './ports.ts';

/** What EventBridge says of an execution that died without reaching this function (`States.ALL` misses some errors). */
const DeadExecution = z.object({
  detail: z.object({
    status: z.string(),
    input: z.string(),
    error: z.string().nullish(),
    cause: z.string().nullish(),
  }),
});

const parts = { ledger: openLedger(), clock };
const announce = openAnnouncer();

export const handler = measuredHandler(async (event: unknown) => {
  const { incidentId, error } = read(event);
  const before = await parts.ledger.read(incidentId);
  const incident = await escalate(incidentId, error, parts);
  if (incident.heads.decision > before.heads.decision || !before.ending) await announce(incident);
  return step(incident.status);
});

function read(event: unknown): { incidentId: string; error: WorkflowError | undefined } {
  const dead = DeadExecution.safeParse(event);
  if (!dead.success)
    return StepInput.parse(event) as { incidentId: string; error: WorkflowError | undefined };
  const { status, input, error, cause } = dead.data.detail;
  const { incidentId } = StepInput.parse(JSON.parse(input));
  return { incidentId, error: { Error: error ?? `the execution ended as ${status}`, Cause: cause ?? '' } };
}
