import type { Context } from 'hono';
import * as z from 'zod';
import { Hash } from '../core/entry.ts';
import { admitAbout, answer } from './api.ts';
import { requestRollback } from './rollback.ts';
import type { ConsoleEnv, ConsoleSettings } from './settings.ts';

const Body = z.strictObject({ manifestHash: Hash, reason: z.string().trim().min(1).max(1000) });

/** `POST /api/incidents/:id/rollback`: 202 when the rollback is under way, 409 when refused. */
export async function rollbackByApi(
  context: Context<ConsoleEnv>,
  id: string,
  settings: ConsoleSettings,
): Promise<Response> {
  const admitted = await admitAbout(context, id, Body, settings);
  if ('response' in admitted) return admitted.response;
  const { approver, body } = admitted;
  const outcome = await requestRollback({ approver, channel: 'cli', ...body }, settings);
  return answer(context, outcome.status === 'refused' ? 409 : 202, { ...outcome });
}
