import * as z from 'zod';
import type { Inbox } from './inbox.ts';

const Post = z.looseObject({
  channel: z.string().min(1),
  text: z.string().default(''),
  blocks: z.array(z.unknown()).default([]),
});

/** The local stand-in of Slack's Web API (https://docs.slack.dev/reference/methods/chat.postMessage). */
export async function answerSlack(
  method: string,
  request: Request,
  inbox: Inbox,
  isToken: (token: string) => boolean,
): Promise<Response> {
  const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  // Slack answers 200 to everything that it understood, refusals included.
  if (token === undefined) return refuse('not_authed');
  if (!isToken(token)) return refuse('invalid_auth');
  if (method !== 'chat.postMessage') return refuse('unknown_method');
  if (!request.headers.get('content-type')?.includes('application/json')) return refuse('invalid_post_type');
  const parsed = Post.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success) return refuse('invalid_arguments');
  const { channel, text, blocks } = parsed.data;
  if (text === '' && blocks.length === 0) return refuse('no_text');
  const posted = inbox.post({ channel, text, blocks });
  const ts = String(Date.parse(posted.postedAt) / 1000);
  return Response.json({ ok: true, channel, ts, message: { text, blocks, ts } });
}

function refuse(error: string): Response {
  return Response.json({ ok: false, error });
}
