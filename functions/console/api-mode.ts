import type { Context } from 'hono';
import * as z from 'zod';
import { Mode } from '../core/decision.ts';
import { admit, answer } from './api.ts';
import { changeMode } from './mode.ts';
import type { ConsoleEnv, ConsoleSettings } from './settings.ts';

const Body = z.strictObject({ to: Mode, reason: z.string().trim().min(1).max(1000) });

/** `POST /api/mode`: the kill switch. 200 when it stands where it was wanted, 403 when policy refuses. */
export async function modeByApi(context: Context<ConsoleEnv>, settings: ConsoleSettings): Promise<Response> {
  const admitted = await admit(context, Body, settings);
  if ('response' in admitted) return admitted.response;
  const { approver, body } = admitted;
  const change = await changeMode(
    { approver, ...body },
    { ...settings, signIn: settings.oidcIssuer !== undefined },
  );
  return answer(context, change.status === 'refused' ? 403 : 200, { ...change });
}
