import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as z from 'zod';
import type { Approver } from '../core/decision.ts';
import { identify } from './identity.ts';
import type { ConsoleEnv, ConsoleSettings } from './settings.ts';

/** A request on the IAM routes that may go on, or the answer that stops it. */
type Admitted<Body> = { readonly approver: Approver; readonly body: Body } | { readonly response: Response };

/** Lets in whom AWS authenticated by signature and who is a configured approver, with a body that fits. */
export async function admit<Schema extends z.ZodType>(
  context: Context<ConsoleEnv>,
  schema: Schema,
  settings: ConsoleSettings,
): Promise<Admitted<z.infer<Schema>>> {
  const identity = identify(context.env?.event?.requestContext?.authorizer, settings);
  if (identity?.by !== 'iam')
    return {
      response: answer(context, 403, {
        status: 'refused',
        cause: 'not-an-approver',
        message:
          'The AWS principal that signed this request is no configured approver. Add its ARN as principalArn in the approvers of the deployment.',
      }),
    };
  const parsed = schema.safeParse(await json(context));
  if (parsed.success) return { approver: identity.approver, body: parsed.data };
  return { response: badRequest(context, `The request's body: ${z.prettifyError(parsed.error)}`) };
}

type AboutIncident<Body> = Admitted<Body & { readonly incident: string }>;

/** The same for a request about the incident that its path names; the body is given with the incident's id. */
export async function admitAbout<Schema extends z.ZodType<object>>(
  context: Context<ConsoleEnv>,
  id: string,
  schema: Schema,
  settings: ConsoleSettings,
): Promise<AboutIncident<z.infer<Schema>>> {
  const admitted = await admit(context, schema, settings);
  if ('response' in admitted) return admitted;
  if (!incidentId.safeParse(id).success) return { response: badRequest(context, `${id} is no incident id`) };
  return { ...admitted, body: { ...admitted.body, incident: id } };
}

function badRequest(context: Context<ConsoleEnv>, message: string): Response {
  return answer(context, 400, { status: 'refused', cause: 'bad-request', message });
}

export function answer(
  context: Context<ConsoleEnv>,
  status: ContentfulStatusCode,
  body: Readonly<Record<string, unknown>>,
): Response {
  return context.json(body, status);
}

export const incidentId = z.string().regex(/^INC-[0-9A-Z]{16}$/);

async function json(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    return undefined;
  }
}
