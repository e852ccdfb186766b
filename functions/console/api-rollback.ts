import type { Context } from 'hono';
import * as z from 'zod';
import { Hash } from '../core/entry.ts';
import { admit, answer, incidentId } from './api.ts';
import { requestRollback } from './rollback.ts';
import type { ConsoleEnv, ConsoleSettings } from './settings.ts';

const Body = z.strictObject({ manifestHash: Hash, reason: z.string().trim().min(1).max(1000) });

/** `POST /api/incidents/:id/rollback`: 202 when the rollback is under way, 409 when refused. */
export async function rollbackByApi(
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
  const outcome = await requestRollback(
    { incident: incident.data, approver, channel: 'cli', ...body },
    settings,
  );
  return answer(context, outcome.status === 'refused' ? 409 : 202, { ...outcome });
}
