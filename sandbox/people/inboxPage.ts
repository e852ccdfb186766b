import { html, raw } from 'hono/html';
import type { ChatMessage, Mail } from './inbox.ts';

type Html = ReturnType<typeof html>;

/** Mails and messages for people, newest first. A mail's HTML stands in a frame that may run nothing. */
export function inboxPage(mails: readonly Mail[], messages: readonly ChatMessage[]): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Inbox · laptop cloud</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <h1>Inbox of the laptop cloud</h1>
        <p>Mails and chat messages that the system sent. Nothing here left this machine.</p>
        <h2>Mail (${mails.length})</h2>
        ${mails.toReversed().map(mailSection)}
        <h2>Chat (${messages.length})</h2>
        ${messages.toReversed().map(messageSection)}
      </body>
    </html>`;
}

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430; }
  article { border: 1px solid #c9d1dc; border-radius: 6px; margin: 1rem 0; padding: 1rem; }
  article h3 { margin: 0 0 .25rem; } small { color: #566274; }
  iframe { width: 100%; height: 30rem; border: 1px solid #e3e8ef; background: #fff; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
`;

function mailSection(mail: Mail): Html {
  return html`<article>
    <h3>${mail.subject}</h3>
    <small>from ${mail.from} to ${mail.to.join(', ')} at ${mail.receivedAt}</small>
    ${
      mail.html === ''
        ? html`<pre>${mail.text}</pre>`
        : html`<iframe
          title="${mail.subject}"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          src="/mails/${mail.id}/html"
        ></iframe>`
    }
  </article>`;
}

function messageSection(message: ChatMessage): Html {
  return html`<article>
    <h3>${message.channel}</h3>
    <small>at ${message.postedAt}</small>
    <pre>${message.text}</pre>
    <details>
      <summary>Blocks</summary>
      <pre>${JSON.stringify(message.blocks, null, 2)}</pre>
    </details>
  </article>`;
}
