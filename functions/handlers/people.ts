import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientSettings, measured } from '../adapters/clients.ts';
import { sesMailer } from '../adapters/mail.ts';
import { slackChat } from '../adapters/slack.ts';
import { mailOf } from '../console/mail.ts';
import { outcomeNotice } from '../console/notice.ts';
import { slackOf } from '../console/slack.ts';
import type { Incident } from '../core/incident.ts';
import type { Chat, Mailer } from '../core/ports.ts';
import { environment } from './environment.ts';

export function openMailer(): Mailer {
  return sesMailer(environment('SENDER').SENDER, measured(new SESv2Client(clientSettings)));
}

/** The chat, where a channel is configured. Its token is read when a message is sent. */
export function openChat(): Chat | undefined {
  const { SLACK_CHANNEL, SLACK_SECRET_ID, SLACK_API_URL } = environment(
    'SLACK_CHANNEL',
    'SLACK_SECRET_ID',
    'SLACK_API_URL',
  );
  if (!SLACK_CHANNEL || !SLACK_SECRET_ID) return undefined;
  const secrets = measured(new SecretsManagerClient(clientSettings));
  const token = async () => {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: SLACK_SECRET_ID }));
    if (!SecretString)
      throw new Error(`the secret ${SLACK_SECRET_ID} holds no Slack token; put the bot's token there`);
    return SecretString;
  };
  return slackChat({ channel: SLACK_CHANNEL, apiUrl: SLACK_API_URL, token });
}

/**
 * Tells every approver what an incident has come to. The ledger has it already: a message that cannot be sent is
 * logged, and never undoes what is recorded.
 */
export function openAnnouncer(): (incident: Incident) => Promise<void> {
  const { APPROVERS, CONSOLE_URL } = environment('APPROVERS', 'CONSOLE_URL');
  const mailer = openMailer();
  const chat = openChat();
  return async (incident) => {
    const notice = outcomeNotice(incident, CONSOLE_URL);
    if (!notice) return;
    const sent = await Promise.allSettled([
      mailOf(notice, APPROVERS).then((message) => mailer.send(message)),
      chat?.post(slackOf(notice)),
    ]);
    for (const one of sent)
      if (one.status === 'rejected')
        console.error(
          JSON.stringify({ alarm: 'NOT_NOTIFIED', incident: incident.id, error: String(one.reason) }),
        );
  };
}
