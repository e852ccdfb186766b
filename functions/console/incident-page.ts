import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Incident, IncidentStatus } from '../core/incident.ts';
import { printable } from '../core/printable.ts';
import { runbookOfVerdict } from '../core/runbook.ts';
import { incidentId } from './api.ts';
import { severityOf } from './card.ts';
import { identify } from './identity.ts';
import { type Html, notice, page, shown } from './layout.ts';
import { readable } from './readable.ts';
import type { ConsoleEnv, ConsoleSettings } from './settings.ts';
import { type Moment, timelineOf } from './timeline.ts';

const words: Readonly<Record<IncidentStatus, string>> = {
  empty: 'empty',
  working: 'being worked on',
  'awaiting-approval': 'waiting for a person',
  contained: 'contained',
  merged: 'part of another incident',
  closed: 'closed',
  escalated: 'escalated to people',
};

/** Everything that the ledger holds about one incident, for approvers who have signed in. */
export async function showIncident(
  context: Context<ConsoleEnv>,
  id: string,
  settings: ConsoleSettings,
): Promise<Response> {
  const identity = identify(context.env?.event?.requestContext?.authorizer, settings);
  if (!identity) return askToSignIn(context, id, settings);
  const incident = incidentId.safeParse(id).success ? await settings.ledger.read(id) : undefined;
  if (!incident || incident.status === 'empty')
    return notice(
      context,
      404,
      'No such incident',
      'Its id begins with INC- and is in every message about it.',
    );
  return context.html(await page(incident.id, incident.id, overview(incident)));
}

function askToSignIn(
  context: Context<ConsoleEnv>,
  id: string,
  { signInUrl, oidcIssuer }: ConsoleSettings,
): Promise<Response> {
  if (!signInUrl || !oidcIssuer)
    return notice(
      context,
      401,
      'Sign-in is not configured',
      'See the incident from the command line: sallyport show and its id.',
    );
  const address = signInUrl + encodeURIComponent(`/incidents/${encodeURIComponent(id)}`);
  return notice(
    context,
    401,
    'Sign in to see this incident',
    'Incidents are shown to approvers only.',
    html`<a class="button approve" href="${address}">Sign in</a>`,
  );
}

function overview(incident: Incident): Html {
  const severity = severityOf(incident);
  const runbook = runbookOfVerdict(incident.verdict);
  return html`<article>
<p class="eyebrow"><span class="chip ${severity.toLowerCase()}">${severity}</span> ${words[incident.status]}</p>
<h1>${shown(printable(incident.findings.at(-1)?.finding_info.title ?? incident.id))}</h1>
${incident.ending ? html`<p class="lead">${shown(printable(incident.ending.reason, 600))}</p>` : ''}
${incident.leaseEndsAt ? html`<p>The containment stands until ${readable(incident.leaseEndsAt)}.</p>` : ''}
${runbook ? html`<p class="quiet">Runbook: <code>${printable(runbook)}</code></p>` : ''}
<section><h2>What happened</h2><ol class="timeline">${timelineOf(incident).map(momentItem)}</ol></section>
</article>`;
}

function momentItem({ at, chain, by, title, detail }: Moment): Html {
  return html`<li class="${chain}"><p><b>${title}</b> <span class="quiet"><time datetime="${at}">${readable(at)}</time> · ${by}</span></p>
${detail ? html`<p>${shown(detail)}</p>` : ''}</li>`;
}
