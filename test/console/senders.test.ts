import type { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { sesMailer } from '../../functions/adapters/mail.ts';
import { ChatBusyError, ChatRefusedError, slackChat } from '../../functions/adapters/slack.ts';
import { lena, rosa } from './story.ts';

describe('mail', () => {
  it('goes to each person by itself, with both bodies', async () => {
    const sent: unknown[] = [];
    const client = { send: (command: SendEmailCommand) => Promise.resolve(sent.push(command.input)) };
    const mailer = sesMailer('sallyport@example.com', client as never);
    await mailer.send({ to: [rosa, lena], subject: 'Größe', text: 'words', html: '<p>words</p>' });
    expect(sent).toMatchObject([
      { Destination: { ToAddresses: ['rosa@example.com'] } },
      {
        FromEmailAddress: 'sallyport@example.com',
        Destination: { ToAddresses: ['lena@example.com'] },
        Content: {
          Simple: {
            Subject: { Data: 'Größe', Charset: 'UTF-8' },
            Body: { Text: { Data: 'words' }, Html: { Data: '<p>words</p>' } },
          },
        },
      },
    ]);
  });
});

describe('Slack', () => {
  const message = { text: 'words', blocks: [] };

  /** Answers each call with the next of these. */
  function slack(...answers: Response[]) {
    const calls: { url: string; init: RequestInit }[] = [];
    const waits: number[] = [];
    const chat = slackChat({
      channel: 'C123',
      apiUrl: 'https://slack.example.com/api',
      token: () => Promise.resolve('xoxb-test'),
      fetch: (url, init) => {
        calls.push({ url: String(url), init: init ?? {} });
        return Promise.resolve(answers.shift() ?? Response.error());
      },
      sleep: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
    });
    return { chat, calls, waits };
  }
  const ok = () => Response.json({ ok: true });
  const busy = (seconds: string) => new Response('', { status: 429, headers: { 'retry-after': seconds } });

  it('gets the message with the bot token, and may not unfurl the link', async () => {
    const { chat, calls } = slack(ok());
    await chat.post(message);
    expect(calls[0]?.url).toBe('https://slack.example.com/api/chat.postMessage');
    expect(calls[0]?.init.headers).toMatchObject({ authorization: 'Bearer xoxb-test' });
    expect(JSON.parse(String(calls[0]?.init.body))).toEqual({
      channel: 'C123',
      text: 'words',
      blocks: [],
      unfurl_links: false,
      unfurl_media: false,
    });
  });

  it('says in its own code why it refuses, although it answers 200', async () => {
    const { chat } = slack(Response.json({ ok: false, error: 'channel_not_found' }));
    await expect(chat.post(message)).rejects.toEqual(new ChatRefusedError('channel_not_found', 'C123'));
  });

  it.each([
    ['an answer that is no object', Response.json('ok'), 'unreadable_answer'],
    ['an error page', new Response('<html>', { status: 502 }), 'http_502'],
  ])('is not believed with %s', async (_, answer, code) => {
    await expect(slack(answer).chat.post(message)).rejects.toMatchObject({ code });
  });

  it('is waited for as long as it says, once', async () => {
    const { chat, calls, waits } = slack(busy('2'), ok());
    await chat.post(message);
    expect(waits).toEqual([2000]);
    expect(calls).toHaveLength(2);
  });

  it.each([
    ['a wait that is longer than a function should sleep', [busy('30')], 30],
    ['a second refusal', [busy('1'), busy('4')], 4],
  ])('leaves %s to the caller', async (_, answers, seconds) => {
    await expect(slack(...answers).chat.post(message)).rejects.toEqual(new ChatBusyError(seconds));
  });
});
