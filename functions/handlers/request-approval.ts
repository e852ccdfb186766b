import { links } from '../adapters/links.ts';
import { playbookFor } from '../analyst/playbook.ts';
import { mailOf } from '../console/mail.ts';
import { approvalNotice, type Notice } from '../console/notice.ts';
import { slackOf } from '../console/slack.ts';
import { isSubject } from '../console/subjects.ts';
import type { Incident } from '../core/incident.ts';
import { playbookTerms } from '../generated/policies.gen.ts';
import { type RequestParts, requestApproval } from '../response/request-approval.ts';
import { StepInput } from '../response/step.ts';
import { openDoorbells } from './doorbells.ts';
import { environment } from './environment.ts';
import { measuredHandler } from './measured-handler.ts';
import { openChat, openMailer } from './people.ts';
import { openCoordination, openLedger } from './ports.ts';

const { APPROVERS, CONSOLE_URL } = environment('APPROVERS', 'CONSOLE_URL');
const mailer = openMailer();
const chat = openChat();

function notice(incident: Incident, secret: string, expiresAt: string): Notice {
  const url = new URL(`/approvals/${secret}`, CONSOLE_URL).href;
  const rendered = approvalNotice(incident, { url, expiresAt });
  if (!rendered) throw new Error(`${incident.id} has no plan to approve`);
  return rendered;
}

const parts: RequestParts = {
  ledger: openLedger(),
  doorbells: openDoorbells(),
  links: links(openCoordination()),
  approvers: APPROVERS,
  isSubject,
  playbookFor: (incident) => playbookFor(incident, playbookTerms),
  mail: async (incident, approver, secret, expiresAt) =>
    mailer.send(await mailOf(notice(incident, secret, expiresAt), [approver])),
  ...(chat && {
    chat: (incident, secret, expiresAt) => chat.post(slackOf(notice(incident, secret, expiresAt))),
  }),
};

export const handler = measuredHandler(async (event: unknown) => {
  const { incidentId, taskToken } = StepInput.required({ taskToken: true }).parse(event);
  await requestApproval(incidentId, taskToken, parts);
});
