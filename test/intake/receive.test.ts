import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../functions/core/finding.ts';
import { webhookMappings } from '../../functions/generated/policies.gen.ts';
import { DeliveryRefusedError } from '../../functions/intake/delivery.ts';
import { receive } from '../../functions/intake/receive.ts';
import { signatureOf } from '../../functions/intake/signature.ts';
import { only } from '../sources/only.ts';

const SECRET = 'a secret of more than thirty-two characters';
const NOW = new Date('2026-11-21T11:35:00Z');
const seconds = (shift = 0) => String(NOW.getTime() / 1000 + shift);
const alert = (sender: string): object =>
  JSON.parse(readFileSync(new URL(`alerts/${sender}.json`, import.meta.url), 'utf8'));
const mappings = Object.fromEntries(webhookMappings.map(({ sender, expression }) => [sender, expression]));

interface Attempt {
  readonly sender?: string;
  readonly body?: string;
  readonly timestamp?: string | undefined;
  readonly secret?: string;
  readonly signature?: string | undefined;
  readonly secretOf?: (sender: string) => Promise<string>;
}

/** Delivers, and answers what went into the queue beside what the sender is told. */
async function deliver(attempt: Attempt = {}) {
  const { sender = 'wazuh', timestamp = seconds(), secret = SECRET } = attempt;
  const body = Buffer.from(attempt.body ?? JSON.stringify(alert('wazuh')));
  const sent: string[] = [];
  const signature = 'signature' in attempt ? attempt.signature : signatureOf(secret, timestamp, body);
  const answer = await receive(
    { sender, body, timestamp, signature },
    {
      mappings,
      secretOf: attempt.secretOf ?? (async () => SECRET),
      send: async (event) => void sent.push(event),
      account: '111122223333',
      region: 'eu-central-1',
      clock: () => NOW,
    },
  ).catch((error: unknown) => {
    if (error instanceof DeliveryRefusedError) return error;
    throw error;
  });
  return { answer, sent };
}

async function refusal(attempt: Attempt): Promise<{ status: number; message: string }> {
  const { answer, sent } = await deliver(attempt);
  expect(sent).toEqual([]);
  if (!(answer instanceof DeliveryRefusedError)) throw new Error('it was accepted');
  return { status: answer.status, message: answer.message };
}

const findingOf = async (attempt: Attempt = {}): Promise<Finding> => {
  const [event = ''] = (await deliver(attempt)).sent;
  return only(JSON.parse(event));
};

describe('a signed delivery', () => {
  test('becomes one finding, of which nothing is believed', async () => {
    const finding = await findingOf();
    expect(finding).toMatchObject({
      finding_info: {
        uid: 'webhook:wazuh/1795260840.482171',
        type: 'Webhook:wazuh/rule-5712',
        created_time: '2026-11-21T11:34:00.985Z',
      },
      metadata: { source: 'webhook', product: 'wazuh', aws_owned: false },
      cloud: { account: '111122223333', region: 'eu-central-1' },
      severity: 'Medium',
      facts: { level: 10, agent: '003' },
    });
    expect(finding.entities.map(({ kind, id, trust }) => [kind, id, trust])).toEqual([
      ['instance', 'i-0a1b2c3d4e5f60718', 'claimed'],
      ['address', '203.0.113.40', 'claimed'],
    ]);
    const tainted = finding.tainted.map(({ text }) => text);
    expect(tainted).toContain(finding.finding_info.title);
    expect(tainted).toContain(finding.finding_info.desc);
  });

  test('that is copied within its window is the same event and the same finding', async () => {
    const [first, again] = [await deliver(), await deliver({ timestamp: seconds(60) })];
    expect(JSON.parse(again.sent[0] ?? '')).toEqual(JSON.parse(first.sent[0] ?? ''));
  });

  test('of Elastic Security is read with dotted and with nested names', async () => {
    const dotted = await findingOf({ sender: 'elastic', body: JSON.stringify(alert('elastic')) });
    expect(dotted).toMatchObject({
      finding_info: {
        uid: 'webhook:elastic/7f0c7d9e6a1b4c0f8e2d3a4b5c6d7e8f',
        type: 'Webhook:elastic/AWS-Access-Secret-in-Secrets-Manager',
      },
      severity: 'High',
      entities: [
        { kind: 'address', id: '203.0.113.41' },
        { kind: 'user', id: 'ci-deploy', account: '111122223333', trust: 'claimed' },
      ],
    });
    const nested = {
      '@timestamp': '2026-11-21T11:34:00.985Z',
      kibana: {
        alert: {
          uuid: '7f0c7d9e6a1b4c0f8e2d3a4b5c6d7e8f',
          severity: 'high',
          rule: { name: 'AWS Access Secret in Secrets Manager' },
        },
      },
    };
    const { finding_info } = await findingOf({ sender: 'elastic', body: JSON.stringify(nested) });
    expect(finding_info.uid).toBe(dotted.finding_info.uid);
  });

  test('says nothing of another finding: its uid is under the name of its sender', async () => {
    const body = JSON.stringify({ ...alert('wazuh'), id: 'arn:aws:guardduty:x' });
    expect((await findingOf({ body })).finding_info.uid).toBe('webhook:wazuh/arn:aws:guardduty:x');
  });
});

describe('a delivery is refused', () => {
  const unknown = { status: 401, message: expect.stringMatching(/^nobody known here signed this now/) };

  test.each<readonly [why: string, attempt: Attempt]>([
    ['that is not signed', { signature: undefined }],
    ['with another secret', { secret: 'another secret of thirty-two letters' }],
    ['with half a signature', { signature: 'v1=00' }],
    ['of six minutes ago', { timestamp: seconds(-360) }],
    ['of six minutes ahead', { timestamp: seconds(360) }],
    ['without a time', { timestamp: '' }],
    ['with a time in words', { timestamp: 'now' }],
    ['of a sender that nobody set up', { sender: 'splunk' }],
    ['of a sender that is none', { sender: 'toString' }],
  ])('%s, without a word on what was wrong', async (_, attempt) => {
    expect(await refusal(attempt)).toEqual(unknown);
  });

  test('whose body or time was changed after it was signed', async () => {
    const body = JSON.stringify(alert('wazuh'));
    const signature = signatureOf(SECRET, seconds(), Buffer.from(body));
    expect(await refusal({ body: `${body} `, signature })).toEqual(unknown);
    expect(await refusal({ body, signature, timestamp: seconds(1) })).toEqual(unknown);
  });

  test.each<readonly [why: string, attempt: Attempt, status: number, message: RegExp]>([
    ['that is no JSON', { body: 'alert!' }, 400, /^the body is no JSON: SyntaxError/],
    [
      'that is too long',
      { body: JSON.stringify('x'.repeat(300_000)) },
      413,
      /^the body is longer than 262144 bytes/,
    ],
    [
      'that lacks what the mapping needs',
      { body: '{"id":"1","timestamp":"soon","rule":{"id":"2","level":3}}' },
      422,
      /finding\.title: .*; finding\.created_time: expected an ISO 8601 instant, found soon/,
    ],
    ['that is no object', { body: '[]' }, 422, /finding\.uid/],
    [
      'whose level is a text',
      { body: JSON.stringify({ ...alert('wazuh'), rule: { id: '1', level: 'ten' } }) },
      422,
      /^the mapping fails on this document/,
    ],
    [
      'whose secret cannot be read, to be sent again',
      { secretOf: () => Promise.reject(new Error('no such secret')) },
      503,
      /send it again later/,
    ],
  ])('%s', async (_, attempt, status, message) => {
    expect(await refusal(attempt)).toEqual({ status, message: expect.stringMatching(message) });
  });

  test('before its sender’s secret is read, where its time is wrong', async () => {
    let reads = 0;
    const secretOf = async () => {
      reads += 1;
      return SECRET;
    };
    await refusal({ timestamp: seconds(-360), secretOf });
    expect(reads).toBe(0);
  });
});
