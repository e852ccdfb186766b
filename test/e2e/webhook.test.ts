import { readFileSync } from 'node:fs';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../../functions/intake/signature.ts';
import { demoFinding, startTestCloud, type TestCloud } from './cloud.ts';

const alert = readFileSync(new URL('../intake/alerts/wazuh.json', import.meta.url), 'utf8');

let test: TestCloud;
let QueueUrl: string;
beforeAll(async () => {
  test = await startTestCloud();
  const { region, account } = test.cloud;
  QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/sallyport-webhook`;
});
afterAll(() => test.stop());

/** Posts as the sender does: nothing but its address and its secret. */
async function post(body: string, shift = 0, sender = 'wazuh') {
  const { url, secret } = await test.session.sender(sender);
  const timestamp = String(Math.floor(Date.now() / 1000) + shift);
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-sallyport-timestamp': timestamp,
      'x-sallyport-signature': signatureOf(secret, timestamp, Buffer.from(body)),
    },
    body,
  });
  const content = (await answer.json()) as Readonly<Record<string, string>>;
  await test.session.idle();
  return { status: answer.status, content };
}

describe('an alert of another system', () => {
  it('becomes an incident in which people decide, and its copy changes nothing', async () => {
    expect(await post(alert)).toMatchObject({
      status: 202,
      content: { status: 'accepted', uid: '1795260840.482171' },
    });
    const [summary, ...others] = await test.session.incidents();
    expect(others).toEqual([]);
    const incident = await test.session.ledger.read(String(summary?.incident));
    expect(incident.findings).toMatchObject([
      { finding_info: { type: 'Webhook:wazuh/rule-5712' }, metadata: { aws_owned: false } },
    ]);
    // Nothing is believed, so nothing is planned: it was handed to people.
    expect(incident.plan).toBeUndefined();
    expect(incident.status).toBe('escalated');

    expect((await post(alert, 1)).status).toBe(202);
    expect((await test.session.ledger.read(incident.id)).heads).toEqual(incident.heads);
  });

  it('that is too old, or another sender’s, gets nowhere', async () => {
    const before = await test.session.incidents();
    expect(await post(alert, -600)).toMatchObject({ status: 401, content: { status: 'refused' } });
    const { secret } = await test.session.sender('elastic');
    const { url } = await test.session.sender('wazuh');
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'x-sallyport-timestamp': timestamp,
      'x-sallyport-signature': signatureOf(secret, timestamp, Buffer.from(alert)),
    };
    expect((await fetch(url, { method: 'POST', headers, body: alert })).status).toBe(401);
    await test.session.idle();
    expect(await test.session.incidents()).toEqual(before);
  });

  it('that the mapping cannot read is answered with the field that is wrong', async () => {
    const { status, content } = await post('{"id":"1","timestamp":"2026-11-21T11:34:00Z","rule":{"id":"7"}}');
    expect(status).toBe(422);
    expect(content.reason).toMatch(/finding\.title/);
  });

  it('is all that its function can say: an event of AWS’s that it writes is not taken', async () => {
    const before = await test.session.incidents();
    const client = new SQSClient(test.as(`sallyport-intake-${test.cloud.region}`));
    await client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(demoFinding('stolen-key')) }),
    );
    await test.session.idle();
    expect(await test.session.incidents()).toEqual(before);
  });

  it('cannot be put beside the door: the bus has no rule for it, and the queue no other writer', async () => {
    const event = { source: 'sallyport.webhook', 'detail-type': 'Webhook Finding', detail: {} };
    expect(test.cloud.deliver(event)).toEqual([]);
    const client = new SQSClient(test.as(`sallyport-triage-${test.cloud.region}`));
    await expect(client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }))).rejects.toThrow(
      /sqs:SendMessage/,
    );
  });
});
