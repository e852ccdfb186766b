import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Incident } from '../core/incident.ts';
import type { ApprovalLink } from '../core/ports.ts';
import { printable } from '../core/printable.ts';
import { approvalsOf, isAnswered, isAwaiting } from './answerable.ts';
import { approvalCard } from './card.ts';
import { cardSections } from './card-page.ts';
import { decisionPanel } from './decision-panel.ts';
import { identify } from './identity.ts';
import { notice, page } from './layout.ts';
import { readable } from './readable.ts';
import type { ConsoleEnv, ConsoleSettings } from './settings.ts';

/** Shows what a link leads to, and decides nothing: following a link is what mail scanners do all day. */
export async function showApproval(
  context: Context<ConsoleEnv>,
  secret: string,
  settings: ConsoleSettings,
): Promise<Response> {
  const link = await settings.links.find(secret);
  if (!link) return unknownLink(context);
  const incident = await settings.ledger.read(link.incident);
  const over = overBecause(incident, link, settings.clock());
  if (over) return notice(context, over.status, over.title, over.words);
  const card = approvalCard(incident);
  if (!card) return unknownLink(context);
  const identity = identify(context.env?.event?.requestContext?.authorizer, settings);
  const panel = await decisionPanel({ card, link, secret, identity }, settings);
  const body = html`<div class="columns">${cardSections(card, settings.policySays)}${panel}</div>`;
  return context.html(await page(card.headline, card.incident, body));
}

export function unknownLink(context: Context): Promise<Response> {
  return notice(
    context,
    404,
    'This link leads nowhere',
    'It may be incomplete, or too old. Nothing was decided. Open the latest message about the incident, or run: sallyport incidents',
  );
}

interface Over {
  readonly status: 200 | 410;
  readonly title: string;
  readonly words: string;
}

/** Why nothing is left to decide behind this link. */
function overBecause(incident: Incident, link: ApprovalLink, now: Date): Over | undefined {
  if (incident.plan?.manifestHash !== link.manifestHash)
    return {
      status: 410,
      title: 'The plan has changed',
      words: `Since this link was sent, ${link.incident} was planned anew. Nothing was decided through this link. Use the newer message, if one came.`,
    };
  const decided = answerIn(incident, link);
  if (decided) return { status: 200, ...decided };
  if (Date.parse(link.expiresAt) <= now.getTime())
    return {
      status: 410,
      title: 'The time to decide is over',
      words: `It ended at ${readable(link.expiresAt)}. Nobody decided, so ${link.incident} was handed on. Nothing was changed.`,
    };
  if (!isAwaiting(incident, now))
    return {
      status: 410,
      title: 'Nothing is waiting for you',
      words: `${link.incident} does not wait for a decision. Run: sallyport show ${link.incident}`,
    };
  return undefined;
}

function answerIn(incident: Incident, link: ApprovalLink): Omit<Over, 'status'> | undefined {
  const { denial, ending } = incident;
  const approvals = approvalsOf(incident);
  if (denial)
    return {
      title: 'This plan was denied',
      words: printable(`${denial.approver} denied it: ${denial.reason}`, 1200),
    };
  const own = approvals.find(({ approver }) => approver === link.approver);
  if (own && !isAnswered(incident) && !ending)
    return { title: 'You approved this plan', words: 'It still waits for another person.' };
  const [first] = approvals;
  if (first && (own || isAnswered(incident) || ending))
    return {
      title: 'This plan was approved',
      words: `${printable(first.approver)} approved it. Follow it with: sallyport show ${link.incident}`,
    };
  return undefined;
}
