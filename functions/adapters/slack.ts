import { SallyportError } from '../core/errors.ts';
import type { Chat } from '../core/ports.ts';

/** Slack did not take a message. `code` is Slack's own: `channel_not_found`, `not_in_channel`, `invalid_auth`, … */
export class ChatRefusedError extends SallyportError {
  override readonly name = 'ChatRefusedError';
  readonly code: string;

  constructor(code: string, channel: string) {
    super(`Slack refused the message to ${channel}: ${code}`);
    this.code = code;
  }
}

/** Slack is busy; `retryAfterSeconds` is its own word for when to come again. */
export class ChatBusyError extends SallyportError {
  override readonly name = 'ChatBusyError';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Slack asks to wait ${retryAfterSeconds} s before the next message`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

interface SlackSettings {
  readonly channel: string;
  /** `https://slack.com/api`, or a stand-in's address. */
  readonly apiUrl: string;
  /** Reads the bot's token when a message is sent; nothing keeps it longer than that. */
  readonly token: () => Promise<string>;
  readonly fetch?: typeof fetch;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

/** Waited for within one call; a longer Retry-After is for the caller's own retry. */
const LONGEST_WAIT_SECONDS = 5;
const TIMEOUT_MS = 10_000;

/** Messages by `chat.postMessage`, with unfurling off: an unfurled link is a GET by a robot. Throws ChatRefusedError or ChatBusyError. */
export function slackChat(settings: SlackSettings): Chat {
  const { channel, sleep = pause } = settings;
  return {
    async post({ text, blocks }) {
      const body = JSON.stringify({ channel, text, blocks, unfurl_links: false, unfurl_media: false });
      const wait = await attempt(settings, body);
      if (wait === undefined) return;
      if (wait > LONGEST_WAIT_SECONDS) throw new ChatBusyError(wait);
      await sleep(wait * 1000);
      const again = await attempt(settings, body);
      if (again !== undefined) throw new ChatBusyError(again);
    },
  };
}

/** Posts once. Answers the seconds to wait when Slack limits the rate, nothing when the message was taken. */
async function attempt({ apiUrl, channel, token, fetch: send = fetch }: SlackSettings, body: string) {
  const response = await send(`${apiUrl}/chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json; charset=utf-8' },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 429) return Number(response.headers.get('retry-after')) || 1;
  if (!response.ok) throw new ChatRefusedError(`http_${response.status}`, channel);
  const answer: unknown = await response.json();
  const isTaken = typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
  if (!isTaken) throw new ChatRefusedError(codeIn(answer), channel);
  return undefined;
}

function codeIn(answer: unknown): string {
  const isCoded = typeof answer === 'object' && answer !== null && 'error' in answer;
  return isCoded ? String(answer.error) : 'unreadable_answer';
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
