import { randomUUID } from 'node:crypto';
import * as sesv2 from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import type { Home } from '../home.ts';
import type { Inbox } from '../people/inbox.ts';
import { composeMessage } from '../people/mime.ts';
import { addressOf, deliverBySmtp } from '../people/smtp-client.ts';
import { AwsError, operation, type Service } from '../wire/service.ts';

type SendEmail = [sesv2.SendEmailCommandInput, sesv2.SendEmailCommandOutput];

interface Identity {
  readonly name: string;
  readonly arn: string;
}

/** SES v2, as far as the system calls it: SendEmail with simple content, delivered to the inbox by SMTP. */
export function sesService(home: Home, inbox: Inbox): Service {
  const identities = home.stack.ofType('AWS::SES::EmailIdentity', z.looseObject({}));
  return {
    signingName: 'ses',
    protocol: 'restJson1',
    schemas: sesv2,
    operations: { SendEmail: sendEmail(home, inbox, identities) },
  };
}

function sendEmail(home: Home, inbox: Inbox, identities: readonly Identity[]) {
  return operation<SendEmail[0], SendEmail[1]>({
    requires({ FromEmailAddress = '', Destination }, caller, call) {
      const address = addressOf(FromEmailAddress);
      const identity = identityFor(identities, address);
      const resource = identity?.arn ?? `arn:aws:ses:${call.region}:${caller.account}:identity/${address}`;
      const recipients = recipientsOf(Destination);
      return [
        {
          action: 'ses:SendEmail',
          resource,
          context: { 'ses:fromaddress': address, 'ses:recipients': recipients },
        },
      ];
    },
    async handle({ FromEmailAddress: from = '', Destination, Content }) {
      if (!identityFor(identities, addressOf(from)))
        throw new AwsError('MessageRejected', `Email address is not verified: ${from}`);
      const { Subject, Body } = Content?.Simple ?? {};
      if (Subject?.Data === undefined || !Body)
        throw new AwsError('BadRequestException', 'The sandbox sends simple content only');
      const to = recipientsOf(Destination);
      if (to.length === 0) throw new AwsError('BadRequestException', 'The mail has no recipient');
      const content = { from, to, subject: Subject.Data, text: Body.Text?.Data, html: Body.Html?.Data };
      const id = randomUUID();
      await deliverBySmtp(inbox.smtpPort, { from, to }, composeMessage(content, id, home.now()));
      return { MessageId: id };
    },
  });
}

/** The address itself, or its domain (https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html). */
function identityFor(identities: readonly Identity[], address: string): Identity | undefined {
  const domain = address.split('@').at(-1) ?? '';
  return (
    identities.find(({ name }) => name.toLowerCase() === address.toLowerCase()) ??
    identities.find(({ name }) => name.toLowerCase() === domain.toLowerCase())
  );
}

function recipientsOf(destination: SendEmail[0]['Destination']): string[] {
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = destination ?? {};
  return [...ToAddresses, ...CcAddresses, ...BccAddresses];
}
