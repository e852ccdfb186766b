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
        <link rel="icon" href="data:," />
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
  :root { color-scheme: light; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430; background: #f6f7f9; overflow-wrap: anywhere; }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
  article { background: #fff; border: 1px solid #dde2e9; border-radius: 12px; margin: 1rem 0; padding: 1rem 1.25rem; }
  article h3 { font-size: 1rem; line-height: 1.35; margin: 0 0 .25rem; } small { color: #566274; }
  details { margin-top: .75rem; } summary { cursor: pointer; color: #1d5fd1; }
  iframe { width: 100%; height: 40rem; margin-top: .75rem; border: 1px solid #dde2e9; border-radius: 8px; background: #fff; }
  pre { white-space: pre-wrap; font-size: .9rem; }
`;

/** The newest stands open; a frame inside a closed one is not even loaded. */
function mailSection(mail: Mail, index: number): Html {
  return html`<article>
    <h3>${mail.subject}</h3>
    <small>from ${mail.from} to ${mail.to.join(', ')} at ${mail.receivedAt}</small>
    <details ${index === 0 ? 'open' : ''}>
      <summary>Mail</summary>
      ${mail.html === '' ? html`<pre>${mail.text}</pre>` : mailFrame(mail)}
    </details>
  </article>`;
}

function mailFrame({ id, subject }: Mail): Html {
  return html`<iframe
    title="${subject}"
    loading="lazy"
    sandbox="allow-popups allow-popups-to-escape-sandbox"
    src="/mails/${id}/html"
  ></iframe>`;
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
