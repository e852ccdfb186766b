import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { decideByApi } from './api-decision.ts';
import { leaseByApi } from './api-lease.ts';
import { modeByApi } from './api-mode.ts';
import { rollbackByApi } from './api-rollback.ts';
import { answerApproval } from './approval-answer.ts';
import { showApproval } from './approval-page.ts';
import { securityHeaders } from './headers.ts';
import { showIncident } from './incident-page.ts';
import { notice } from './layout.ts';
import type { ConsoleEnv, ConsoleSettings } from './settings.ts';

/** More than the longest reason takes. */
const LARGEST_BODY = 16 * 1024;

/**
 * The console's HTTP app. GET decides nothing, whatever is asked: mail scanners follow every link. Who is calling is
 * read from the authorizer alone.
 */
export function consoleApp(settings: ConsoleSettings): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  app.use(securityHeaders);
  app.use(
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError: (context) => notice(context, 413, 'That was too long', 'A reason may have 1,000 characters.'),
    }),
  );
  app.get('/approvals/:secret', (context) => showApproval(context, context.req.param('secret'), settings));
  app.post('/approvals/:secret', (context) => answerApproval(context, context.req.param('secret'), settings));
  app.get('/incidents/:id', (context) => showIncident(context, context.req.param('id'), settings));
  app.post('/api/incidents/:id/decision', (context) =>
    decideByApi(context, context.req.param('id'), settings),
  );
  app.post('/api/incidents/:id/lease', (context) => leaseByApi(context, context.req.param('id'), settings));
  app.post('/api/incidents/:id/rollback', (context) =>
    rollbackByApi(context, context.req.param('id'), settings),
  );
  app.post('/api/mode', (context) => modeByApi(context, settings));
  app.notFound((context) =>
    notice(context, 404, 'Nothing is here', 'Check the address that you were given.'),
  );
  app.onError((error, context) => {
    console.error(JSON.stringify({ message: 'the console failed', error: String(error) }));
    return notice(
      context,
      500,
      'Something went wrong',
      'Nothing was decided. Try again, or use the command line.',
    );
  });
  return app;
}
