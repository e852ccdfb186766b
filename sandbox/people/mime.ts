import { randomBytes } from 'node:crypto';

/** A mail before it is a message: what SES's simple content holds. */
export interface MailContent {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text?: string | undefined;
  readonly html?: string | undefined;
}

/** An RFC 5322 message with base64 parts, as SES would compose it. Lines end in CRLF. */
export function composeMessage(
  { from, to, subject, text, html }: MailContent,
  id: string,
  date: Date,
): string {
  const boundary = `sandbox-${randomBytes(12).toString('hex')}`;
  const parts = [
    ...(text === undefined ? [] : [part('text/plain', text)]),
    ...(html === undefined ? [] : [part('text/html', html)]),
  ];
  return [
    `From: ${oneLine(from)}`,
    `To: ${to.map(oneLine).join(', ')}`,
    `Subject: =?UTF-8?B?${Buffer.from(oneLine(subject), 'utf8').toString('base64')}?=`,
    `Message-ID: <${id}@sandbox.local>`,
    `Date: ${date.toUTCString()}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...parts.flatMap((content) => [`--${boundary}`, content]),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

function part(type: string, content: string): string {
  const encoded = Buffer.from(content, 'utf8').toString('base64').replace(/.{76}/g, '$&\r\n');
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}`;
}

/** A line break in a header would begin another one. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
