import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mailer } from '../core/ports.ts';

/** Mail by SES. One message a person, so that nobody sees whom else was asked. */
export function sesMailer(sender: string, client: Pick<SESv2Client, 'send'>): Mailer {
  return {
    async send({ to, subject, text, html }) {
      const utf8 = (data: string) => ({ Data: data, Charset: 'UTF-8' });
      for (const { email } of to)
        await client.send(
          new SendEmailCommand({
            FromEmailAddress: sender,
            Destination: { ToAddresses: [email] },
            Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
          }),
        );
    },
  };
}
