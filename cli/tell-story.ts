import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Incident } from '../functions/core/incident.ts';
import { envelopesOf, parseEnvelope } from '../functions/sources/normalise.ts';
import { approvalLink, approveAsDemo } from './approve-as-demo.ts';
import { arrivalInIncident } from './arrival.ts';
import type { Fact, Story } from './demo-stories.ts';
import { follow } from './follow.ts';
import type { Printer } from './print.ts';
import { root } from './root.ts';
import type { Session } from './session.ts';

export interface StoryResult {
  readonly name: string;
  readonly ok: boolean;
  readonly incident: string;
  readonly outcome: string;
  readonly reason: string;
  readonly approved: boolean;
  readonly facts: readonly Fact[];
  readonly milliseconds: number;
}

/** Where the demo's account and findings lie. */
export const demoDirectory = join(root, 'sandbox', 'demo');

/** How long a person may take to open the page and decide. */
const PATIENCE_MS = 60 * 60_000;

/** Publishes a story's finding, tells what comes of it, and reads the account back. */
export async function tellStory(
  session: Session,
  story: Story,
  printer: Printer,
  approve: boolean,
): Promise<StoryResult> {
  const began = performance.now();
  printer.heading(story.title);
  const document: unknown = JSON.parse(readFileSync(join(demoDirectory, 'findings', story.finding), 'utf8'));
  const [event] = envelopesOf(document);
  const [finding] = event ? parseEnvelope(event) : [];
  if (!event || !finding) throw new Error(`${story.finding} holds no finding`);
  await session.deliver(event);
  const { incident, approved } = await printer.during('responding', async () =>
    settle(session, await arrivalInIncident(session, finding), printer, approve),
  );
  const facts = await story.facts(session.cloud);
  for (const { says, holds } of facts)
    printer.line({ step: 'read back', text: holds ? says : `NOT SO: ${says}`, tone: holds ? 'good' : 'bad' });
  const ok = incident.status === story.ends && facts.every(({ holds }) => holds);
  if (incident.status !== story.ends)
    printer.line({
      step: 'unexpected',
      text: `it should have ended ${story.ends}, and is ${incident.status}`,
      tone: 'bad',
    });
  return {
    name: story.name,
    ok,
    incident: incident.id,
    outcome: incident.status,
    reason: incident.ending?.reason ?? '',
    approved,
    facts,
    milliseconds: Math.round(performance.now() - began),
  };
}

async function settle(
  session: Session,
  incidentId: string,
  printer: Printer,
  approve: boolean,
): Promise<{ incident: Incident; approved: boolean }> {
  const { incident, told } = await follow(session, incidentId, printer);
  if (incident.status !== 'awaiting-approval') return { incident, approved: false };
  const link = await mailedLink(session, incidentId);
  printer.line({
    step: 'mail',
    text: `to the demo approver, in the inbox at ${session.cloud.inboxUrl}`,
    tone: 'ask',
  });
  printer.line({ step: 'link', text: link, tone: 'ask' });
  if (approve) await approveAsDemo(session.cloud, link);
  else printer.text('Open the link, sign in as the demo approver, and decide. (Ctrl-C ends the demo.)');
  const until = ({ status }: Incident) => status !== 'awaiting-approval' && status !== 'working';
  const after = await follow(session, incidentId, printer, { from: told, until, timeoutMs: PATIENCE_MS });
  return { incident: after.incident, approved: after.incident.approvals.length > 0 };
}

/** Mail takes a moment to arrive, even here. */
async function mailedLink({ cloud }: Session, incidentId: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const link = await approvalLink(cloud, incidentId);
    if (link) return link;
    await pause(100);
  }
  throw new Error(`${incidentId} asks for approval, but no mail with a link arrived in ten seconds`);
}
