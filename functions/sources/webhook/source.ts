import { clip, taintedTexts, textAt, wellFormed } from '../../core/document.ts';
import { comparable } from '../../core/facts.ts';
import { Finding } from '../../core/finding.ts';
import { accountOf, entitiesOf } from '../../core/mention.ts';
import { bareEvent, type EventEnvelope, parseOrReject, type Source } from '../../core/source.ts';
import { WebhookDetail, type WebhookFinding, webhookEvent } from '../../core/webhook.ts';

/** Other systems' alerts, which `intake` mapped and put into the queue. */
export const webhook: Source = {
  id: 'webhook',
  title: 'Webhook of another system',
  // None: it comes into the queue directly, and whoever may put events on the bus must not pass for it.
  eventPatterns: [],
  types: ['Webhook:*'],
  attackerWritable: [
    { field: 'detail.finding.title', why: 'The sender says what it likes, and quotes whoever it watches.' },
    { field: 'detail.finding.desc', why: 'As the title.' },
    {
      field: 'detail.finding.entities[].id',
      why: 'The sender may name any resource: all of them are claims.',
    },
  ],
  accepts: (event) =>
    event.source === webhookEvent.source && event['detail-type'] === webhookEvent.detailType,
  parse: (event) => [findingOf(event)],
  recognises: () => false,
  envelop: (document, id) =>
    bareEvent({ source: [webhookEvent.source], detailType: [webhookEvent.detailType] }, id, document, {}),
};

/** A signature says who sent it, never that it is true: all of it is claimed and tainted, as a custom product's. */
function findingOf(event: EventEnvelope): Finding {
  const detail = wellFormed(event.detail);
  const subject = `Webhook finding ${textAt(detail, 'finding', 'uid') ?? '(without uid)'}`;
  const { sender, finding: given } = parseOrReject(WebhookDetail, detail, subject);
  const place = {
    partition: 'aws',
    account: given.account ?? accountOf(event.account),
    region: given.region ?? (event.region || 'us-east-1'),
  };
  const finding: Finding = {
    class_uid: 2004,
    finding_info: {
      // Two senders may count alike, and none may speak of another's finding.
      uid: `webhook:${sender}/${given.uid}`,
      title: clip(given.title, 1024),
      desc: clip(given.desc, 4096),
      type: typeOf(sender, given),
      created_time: given.created_time,
      modified_time: given.modified_time ?? given.created_time,
    },
    metadata: { source: 'webhook', product: sender, aws_owned: false },
    cloud: { account: place.account, region: place.region },
    severity: given.severity,
    status: given.status,
    sample: false,
    entities: entitiesOf(
      place,
      given.entities.map((entity) => ({ ...entity, trust: 'claimed' as const })),
    ),
    facts: comparable(given.facts),
    tainted: taintedTexts(given, () => false),
  };
  return parseOrReject(Finding, finding, subject);
}

/** `Webhook:wazuh/sshd-brute-force`: a sender's words never become a type that a playbook of AWS's findings takes. */
function typeOf(sender: string, { type }: WebhookFinding): string {
  return `Webhook:${sender}/${type.replaceAll(/[^\w.:-]+/g, '-')}`;
}
