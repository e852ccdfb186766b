import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Inbox } from './inbox.ts';
import { inboxPage } from './inbox-page.ts';
import { answerSlack } from './slack.ts';

/** What the site beside the AWS endpoint offers: people's inbox, Slack's stand-in, and the door for service events. */
export interface SitePorts {
  readonly inbox: Inbox;
  readonly isSlackToken: (token: string) => boolean;
  /** Wraps a function's Slack call, so that it is recorded like its AWS calls. `process` is the caller's key id. */
  readonly recordSlack: (
    process: string,
    method: string,
    perform: () => Promise<Response>,
  ) => Promise<Response>;
  /** Who knows it may let service events in. */
  readonly doorKey: string;
  readonly deliver: (envelope: unknown) => readonly string[];
  readonly idle: () => Promise<void>;
}

const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The site's HTTP app. */
export function createSite(ports: SitePorts): Hono {
  const { inbox } = ports;
  const site = new Hono();
  // A fault that a test asked for is the server's to answer; Hono would print it.
  site.onError((error) => {
    throw error;
  });
  site.get('/', (context) => context.html(inboxPage(inbox.mails(), inbox.messages())));
  site.get('/mails.json', (context) => context.json(inbox.mails()));
  site.get('/messages.json', (context) => context.json(inbox.messages()));
  site.get('/mails/:id/html', (context) => {
    const mail = inbox.mails().find(({ id }) => id === context.req.param('id'));
    if (!mail) return context.notFound();
    context.header('Content-Security-Policy', mailPolicy);
    return context.html(mail.html);
  });
  site.post('/slack/:process/api/:method', (context) => {
    const { process, method } = context.req.param();
    return ports.recordSlack(process, method, () =>
      answerSlack(method, context.req.raw, inbox, ports.isSlackToken),
    );
  });
  site.use('/door/*', async (context, next) => {
    if (!isKey(context.req.header('authorization'), ports.doorKey))
      return context.json({ message: 'The door needs the key of cloud.json' }, 403);
    return next();
  });
  site.post('/door/events', async (context) => {
    const envelope: unknown = await context.req.json();
    return context.json({ rules: ports.deliver(envelope) });
  });
  site.get('/door/idle', async (context) => {
    await ports.idle();
    return context.json({ idle: true });
  });
  return site;
}

function isKey(header: string | undefined, key: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${key}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
