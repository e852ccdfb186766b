import type { Context } from 'hono';
import * as z from 'zod';
import { Hash } from '../core/entry.ts';
import { admitAbout, answer } from './api.ts';
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
  const admitted = await admitAbout(context, id, Body, settings);
  if ('response' in admitted) return admitted.response;
  const { approver, body } = admitted;
  const recording = await recordDecision({ approver, channel: 'cli', ...body }, settings);
  if (recording.status === 'refused') return answer(context, 409, { ...recording });
  return answer(context, 200, { status: 'recorded', outcome: recording.outcome });
}
