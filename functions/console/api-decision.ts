import type { Context } from 'hono';
import * as z from 'zod';
import { Hash } from '../core/entry.ts';
import { admit, answer, incidentId } from './api.ts';
import { recordDecision } from './decide.ts';
import type { ConsoleEnv, ConsoleSettings } from './settings.ts';

const Body = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('approve'),
    manifestHash: Hash,
    reason: z.string().trim().max(1000).default(''),
  }),
  z.strictObject({
    outcome: z.literal('deny'),
    manifestHash: Hash,
    reason: z.string().trim().min(1).max(1000),
  }),
]);

/** `POST /api/incidents/:id/decision`: an approver's answer by the command line. 200 when recorded, 409 when refused. */
export async function decideByApi(
  context: Context<ConsoleEnv>,
  id: string,
  settings: ConsoleSettings,
): Promise<Response> {
  const admitted = await admit(context, Body, settings);
  if ('response' in admitted) return admitted.response;
  const incident = incidentId.safeParse(id);
  if (!incident.success)
    return answer(context, 400, {
      status: 'refused',
      cause: 'bad-request',
      message: `${id} is no incident id`,
    });
  const { approver, body } = admitted;
  const recording = await recordDecision(
    { incident: incident.data, approver, channel: 'cli', ...body },
    settings,
  );
  if (recording.status === 'refused') return answer(context, 409, { ...recording });
  return answer(context, 200, { status: 'recorded', outcome: recording.outcome });
}
