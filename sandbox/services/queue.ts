import { createHash, randomUUID } from 'node:crypto';
import type { PolicyDocument } from '../authorize/policy.ts';
import type { DurableMap } from '../durable.ts';
import { alarmUntilStop, durable, type Home } from '../home.ts';

export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilitySeconds: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number } | undefined;
  readonly policy?: PolicyDocument | undefined;
}

export interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly firstReceivedAt?: number;
  readonly receiveCount: number;
  /** Milliseconds since the epoch from which on it can be received. */
  readonly visibleAt: number;
  readonly receipt?: string;
  readonly attributes: Readonly<Record<string, { DataType?: string; StringValue?: string }>>;
}

/** A standard queue: at least once, invisible while it is worked on, to the dead-letter queue after too many tries. */
export class Queue {
  readonly definition: QueueDefinition;
  readonly #home: Home;
  readonly #messages: DurableMap<StoredMessage>;
  readonly #work = new Map<string, () => void>();
  #deadLetters: Queue | undefined;
  #listener: (() => void) | undefined;

  constructor(home: Home, definition: QueueDefinition) {
    this.#home = home;
    this.definition = definition;
    this.#messages = durable(home, 'queues', definition.name);
  }

  set deadLetters(queue: Queue) {
    this.#deadLetters = queue;
  }

  /**
   * Calls whenever a message may have become visible, starting with those of an earlier run. Whoever was working on
   * one then is gone, so all are visible at once. From now on a message in this queue is work under way.
   */
  consume(listener: () => void): void {
    this.#listener = listener;
    for (const [id, message] of this.#messages.entries()) {
      this.#messages.set(id, { ...message, visibleAt: 0 });
      this.#work.set(id, this.#home.activity.begin());
    }
    if (this.#messages.size > 0) listener();
  }

  send(body: string, attributes: StoredMessage['attributes'] = {}, delaySeconds = 0): StoredMessage {
    const now = this.#home.now().getTime();
    const visibleAt = now + delaySeconds * 1000;
    const message = { id: randomUUID(), body, attributes, sentAt: now, receiveCount: 0, visibleAt };
    this.#messages.set(message.id, message);
    if (this.#listener) this.#work.set(message.id, this.#home.activity.begin());
    this.#announce(delaySeconds * 1000);
    return message;
  }

  /** Messages that were received too often go to the dead-letter queue instead. */
  receive(maximum: number, visibilitySeconds = this.definition.visibilitySeconds): StoredMessage[] {
    const now = this.#home.now().getTime();
    const received: StoredMessage[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === maximum) break;
      if (message.visibleAt > now || this.#isDead(message)) continue;
      received.push(this.#take(message, now, visibilitySeconds));
    }
    return received;
  }

  /** A receipt that is no longer the message's latest deletes nothing, as with SQS. */
  delete(receipt: string): void {
    const message = this.#byReceipt(receipt);
    if (message) this.#remove(message.id);
  }

  changeVisibility(receipt: string, milliseconds: number): boolean {
    const message = this.#byReceipt(receipt);
    if (!message) return false;
    this.#messages.set(message.id, { ...message, visibleAt: this.#home.now().getTime() + milliseconds });
    this.#announce(milliseconds);
    return true;
  }

  get size(): { readonly visible: number; readonly hidden: number } {
    const now = this.#home.now().getTime();
    const visible = this.#messages.values().filter((message) => message.visibleAt <= now).length;
    return { visible, hidden: this.#messages.size - visible };
  }

  #take(message: StoredMessage, now: number, visibilitySeconds: number): StoredMessage {
    const taken = {
      ...message,
      firstReceivedAt: message.firstReceivedAt ?? now,
      receiveCount: message.receiveCount + 1,
      visibleAt: now + visibilitySeconds * 1000,
      receipt: randomUUID(),
    };
    this.#messages.set(message.id, taken);
    this.#announce(visibilitySeconds * 1000);
    return taken;
  }

  #isDead(message: StoredMessage): boolean {
    const { redrive, name } = this.definition;
    if (!redrive || message.receiveCount < redrive.maxReceiveCount) return false;
    this.#deadLetters?.send(message.body, message.attributes);
    this.#remove(message.id);
    this.#home.emit({ type: 'dead-letter', queue: name, messageId: message.id });
    return true;
  }

  #remove(id: string): void {
    this.#messages.delete(id);
    this.#work.get(id)?.();
    this.#work.delete(id);
  }

  #byReceipt(receipt: string): StoredMessage | undefined {
    return this.#messages.values().find((message) => message.receipt === receipt);
  }

  #announce(milliseconds: number): void {
    if (!this.#listener) return;
    alarmUntilStop(this.#home, milliseconds + 1, () => this.#listener?.());
  }
}

/** SQS proves with it that a body arrived whole; clients check it. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
