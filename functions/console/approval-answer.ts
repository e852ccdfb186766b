import type { Context } from 'hono';
import { html } from 'hono/html';
import * as z from 'zod';
import type { ApprovalLink } from '../core/ports.ts';
import { unknownLink } from './approval-page.ts';
import { type Recording, recordDecision } from './decide.ts';
import { type Identity, identify } from './identity.ts';
import { notice } from './layout.ts';
import { readable } from './readable.ts';
import { isFormToken, isSameOrigin } from './same-origin.ts';
import type { ConsoleEnv, ConsoleSettings } from './settings.ts';

const Form = z.object({
  outcome: z.enum(['approve', 'deny']),
  reason: z.string().trim().max(1000).default(''),
  token: z.string().max(200),
  manifestHash: z.string().max(64),
});
type Form = z.infer<typeof Form>;

/** Takes one person's answer from the page. Every refusal says so in words, and records nothing. */
export async function answerApproval(
  context: Context<ConsoleEnv>,
  secret: string,
  settings: ConsoleSettings,
): Promise<Response> {
  if (!isSameOrigin((name) => context.req.header(name), settings.consoleUrl))
    return notice(
      context,
      403,
      'This did not come from the page',
      'Nothing was decided. Open the link again and decide there.',
    );
  const link = await settings.links.find(secret);
  if (!link) return unknownLink(context);
  const identity = identify(context.env?.event?.requestContext?.authorizer, settings);
  if (identity?.by !== 'sign-in')
    return notice(
      context,
      401,
      'You are not signed in',
      'Nothing was decided. Open the link again and sign in.',
    );
  if (identity.approver.id !== link.approver)
    return notice(
      context,
      403,
      'This link was made for somebody else',
      'Nothing was decided. Use the link that was sent to you.',
    );
  const form = Form.safeParse(await context.req.parseBody());
  if (!form.success)
    return notice(
      context,
      400,
      'The form was incomplete',
      'Nothing was decided. Open the link again and decide there.',
    );
  return take(context, { secret, link, identity, form: form.data }, settings);
}

interface Answering {
  readonly secret: string;
  readonly link: ApprovalLink;
  readonly identity: Identity;
  readonly form: Form;
}

async function take(
  context: Context<ConsoleEnv>,
  { secret, link, identity, form }: Answering,
  settings: ConsoleSettings,
): Promise<Response> {
  const { manifestHash } = link;
  const { approver } = identity;
  const { outcome, reason } = form;
  const scope = { approver: approver.id, secret, manifestHash };
  if (!isFormToken(form.token, await settings.formKey(), scope) || form.manifestHash !== manifestHash)
    return notice(
      context,
      403,
      'This form is not for this plan',
      'Nothing was decided. Open the link again and decide there.',
    );
  if (outcome === 'deny' && reason === '')
    return notice(
      context,
      400,
      'A denial needs a reason',
      'Nothing was decided. Go back and say why, in a word or two.',
    );
  if (Date.parse(link.expiresAt) <= settings.clock().getTime())
    return notice(
      context,
      410,
      'The time to decide is over',
      `It ended at ${readable(link.expiresAt)}. Nothing was decided.`,
    );
  const answer = {
    incident: link.incident,
    manifestHash,
    approver,
    outcome,
    reason,
    channel: 'page',
  } as const;
  return told(context, await recordDecision(answer, settings));
}

function told(context: Context<ConsoleEnv>, recording: Recording): Promise<Response> {
  if (recording.status === 'refused') {
    const status = recording.cause === 'expired' ? 410 : 409;
    return notice(context, status, 'Your answer was not taken', recording.message);
  }
  const { id } = recording.incident;
  const follow = html`<p><a href="/incidents/${encodeURIComponent(id)}">Follow ${id}</a></p>`;
  return recording.outcome === 'approve'
    ? notice(context, 200, 'Approved', 'Your approval is in the ledger, and the response goes on.', follow)
    : notice(context, 200, 'Denied', 'Your denial is in the ledger. Nothing will be changed.', follow);
}
