import * as z from 'zod';
import { escalate, type WorkflowError } from '../response/escalate.ts';
import { isSettled } from '../response/settled.ts';
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
  const incident = await escalate(incidentId, error, parts);
  // Also on a retry: a crash may have come between the record and the messages, and nothing may end silently.
  if (isSettled(incident)) await announce(incident);
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
