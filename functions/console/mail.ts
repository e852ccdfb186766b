import { html } from 'hono/html';
import type { Approver } from '../core/decision.ts';
import type { Message } from '../core/ports.ts';
import type { Notice } from './notice.ts';

const font = "system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

/**
 * A notice as mail: plain text for the watch and the terminal, HTML with inline styles for everything else. Its link
 * opens a window of its own, since many readers show mail in a frame and the console may not be framed.
 */
export async function mailOf(notice: Notice, to: readonly Approver[]): Promise<Message> {
  const body = await htmlOf(notice);
  return {
    to,
    subject: `[Sallyport] ${notice.subject}`.slice(0, 200),
    text: textOf(notice),
    html: body.toString(),
  };
}

function textOf({ headline, lead, facts, button, footer }: Notice): string {
  const rows = facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
  const link = button ? `\n${button.label}:\n${button.url}\n` : '';
  return `${headline}\n\n${lead}\n\n${rows}\n${link}\n--\n${footer}\n`;
}

function htmlOf({ headline, lead, facts, button, footer }: Notice) {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${headline}</title></head>
<body style="margin:0;padding:24px 12px;font:16px/1.5 ${font}">
<div style="max-width:600px;margin:0 auto">
<p style="margin:0 0 16px;font-weight:600">Sallyport</p>
<h1 style="margin:0 0 12px;font-size:22px;line-height:1.25"><bdi>${headline}</bdi></h1>
<p style="margin:0 0 20px"><bdi>${lead}</bdi></p>
${button ? html`<p style="margin:0 0 24px"><a href="${button.url}" target="_blank" rel="noreferrer" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1d5fd1;color:#ffffff;font-weight:600;text-decoration:none">${button.label}</a></p>` : ''}
<table role="presentation" style="width:100%;border-collapse:collapse;font-size:15px">
${facts.map(
  ({ label, value }) =>
    html`<tr><td style="padding:8px 16px 8px 0;border-top:1px solid #8886;vertical-align:top;width:130px;opacity:.75">${label}</td><td style="padding:8px 0;border-top:1px solid #8886;vertical-align:top;word-break:break-word"><bdi>${value}</bdi></td></tr>`,
)}
</table>
<p style="margin:24px 0 0;font-size:13px;opacity:.75">${footer}</p>
</div></body></html>`;
}
