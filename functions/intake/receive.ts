import { sha256 } from '../core/canonical.ts';
import { wellFormed } from '../core/document.ts';
import type { Clock } from '../core/ports.ts';
import type { EventEnvelope } from '../core/source.ts';
import { type WebhookDetail, webhookEvent } from '../core/webhook.ts';
import { type Delivery, DeliveryRefusedError } from './delivery.ts';
import { mapped } from './mapping.ts';
import { isFresh, isSigned } from './signature.ts';

export interface ReceiveParts {
  /** JSONata by sender; who is not among them is nobody. */
  readonly mappings: Readonly<Record<string, string>>;
  /** What a sender signs with. Throws where it cannot be read. */
  readonly secretOf: (sender: string) => Promise<string>;
  /** Puts an event into the webhook's queue. */
  readonly send: (event: string) => Promise<void>;
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
}

export interface Accepted {
  readonly id: string;
  readonly uid: string;
}

/** What SQS takes as one message, and so what a sender may post. */
const MOST_BYTES = 256 * 1024;

/** Says nothing of what was wrong: whoever guesses learns neither a sender's name nor which half he has right. */
const UNKNOWN =
  'nobody known here signed this now: check the sender in the path, x-sallyport-timestamp (seconds since 1970, within 5 minutes) and x-sallyport-signature (v1=, HMAC-SHA256 of "<timestamp>.<body>" in hexadecimal)';

/**
 * Takes one delivery in: its sender is known by the signature, its document mapped, and the finding put into the queue.
 * The same delivery gives the same event and the same finding. Throws DeliveryRefusedError.
 */
export async function receive(delivery: Delivery, parts: ReceiveParts): Promise<Accepted> {
  const expression = await authenticated(delivery, parts);
  const finding = await mapped(expression, parsed(delivery.body));
  const event = eventOf({ sender: delivery.sender, finding }, delivery, parts);
  const text = JSON.stringify(event);
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw new DeliveryRefusedError(413, `the finding is longer than ${MOST_BYTES} bytes`);
  await parts.send(text);
  return { id: event.id, uid: finding.uid };
}

async function authenticated(delivery: Delivery, parts: ReceiveParts): Promise<string> {
  const { sender, body, timestamp } = delivery;
  if (body.length > MOST_BYTES)
    throw new DeliveryRefusedError(413, `the body is longer than ${MOST_BYTES} bytes`);
  const expression = Object.hasOwn(parts.mappings, sender) ? parts.mappings[sender] : undefined;
  if (expression === undefined || !isFresh(timestamp, parts.clock()))
    throw new DeliveryRefusedError(401, UNKNOWN);
  if (!isSigned(delivery, await secretOf(sender, parts))) throw new DeliveryRefusedError(401, UNKNOWN);
  return expression;
}

async function secretOf(sender: string, parts: ReceiveParts): Promise<string> {
  try {
    return await parts.secretOf(sender);
  } catch (error) {
    console.error(
      JSON.stringify({ message: "a sender's secret cannot be read", sender, error: String(error) }),
    );
    throw new DeliveryRefusedError(503, 'deliveries cannot be taken right now; send it again later', {
      cause: error,
    });
  }
}

function parsed(body: Buffer): unknown {
  try {
    return wellFormed(JSON.parse(body.toString('utf8')));
  } catch (error) {
    throw new DeliveryRefusedError(400, `the body is no JSON: ${String(error)}`, { cause: error });
  }
}

function eventOf(detail: WebhookDetail, { body }: Delivery, parts: ReceiveParts): EventEnvelope {
  const hash = sha256(`${detail.sender}.${body.toString('base64')}`);
  return {
    version: '0',
    id: [8, 12, 16, 20, 32].map((end, index, ends) => hash.slice(ends[index - 1] ?? 0, end)).join('-'),
    'detail-type': webhookEvent.detailType,
    source: webhookEvent.source,
    account: parts.account,
    time: parts.clock().toISOString(),
    region: parts.region,
    resources: [],
    detail,
  };
}
