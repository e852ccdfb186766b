import type { Context } from 'hono';
import * as z from 'zod';
import { Hash } from '../core/entry.ts';
import { admitAbout, answer } from './api.ts';
import { renewLease } from './lease.ts';
import type { ConsoleEnv, ConsoleSettings } from './settings.ts';

/** As long as a playbook's lease may be. */
const MOST_HOURS = 720;

const Body = z.strictObject({
  manifestHash: Hash,
  reason: z.string().trim().min(1).max(1000),
  /** For good when absent. */
  hours: z.number().positive().max(MOST_HOURS).optional(),
});

/** `POST /api/incidents/:id/lease`: 200 when the containment is kept, 403 when policy refuses, 409 when there is none. */
export async function leaseByApi(
  context: Context<ConsoleEnv>,
  id: string,
  settings: ConsoleSettings,
): Promise<Response> {
  const admitted = await admitAbout(context, id, Body, settings);
  if ('response' in admitted) return admitted.response;
  const { approver, body } = admitted;
  const outcome = await renewLease({ approver, channel: 'cli', ...body }, settings);
  if (outcome.status === 'renewed') return answer(context, 200, { ...outcome });
  return answer(context, outcome.cause === 'policy' ? 403 : 409, { ...outcome });
}
