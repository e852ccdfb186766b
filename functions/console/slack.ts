import type { Notice } from './notice.ts';

/** A Slack header takes 150 characters, a section's text 3,000, a message 50 blocks (api.slack.com/reference/block-kit/blocks). */
const longest = { header: 150, section: 3000, rows: 40 } as const;

export interface ChatMessage {
  readonly text: string;
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
}

/**
 * A notice as a Slack message. Everything is `plain_text`, which Slack neither formats nor turns into mentions; the
 * fallback `text` is mrkdwn by default, so it is escaped as Slack asks: & < >.
 */
export function slackOf({ headline, lead, facts, button, footer }: Notice): ChatMessage {
  const rows = facts.slice(0, longest.rows).map(({ label, value }) => section(`${label}: ${value}`));
  const more = facts.length - rows.length;
  return {
    text: escaped(`${headline}. ${lead}`).slice(0, longest.section),
    blocks: [
      { type: 'header', text: plain(headline, longest.header) },
      section(lead),
      ...rows,
      ...(more > 0 ? [section(`And ${more} more, on the page.`)] : []),
      ...(button ? [actions(button)] : []),
      { type: 'context', elements: [plain(footer, longest.section)] },
    ],
  };
}

function section(text: string) {
  return { type: 'section', text: plain(text, longest.section) };
}

function plain(text: string, most: number) {
  const points = [...text];
  return {
    type: 'plain_text',
    emoji: false,
    text: points.length > most ? `${points.slice(0, most - 1).join('')}…` : text,
  };
}

/** A button that opens the page; Slack posts nothing back to us, so no request of Slack's can be forged. */
function actions({ label, url }: NonNullable<Notice['button']>) {
  return { type: 'actions', elements: [{ type: 'button', text: plain(label, 75), url, action_id: 'open' }] };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
