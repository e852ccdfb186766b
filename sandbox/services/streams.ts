import { randomUUID } from 'node:crypto';
import type { DurableMap } from '../durable.ts';
import { durable, type Home } from '../home.ts';

/** A stream record as Lambda hands it to a function (an item's image is DynamoDB's JSON). */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: object;
    readonly NewImage?: object;
    readonly OldImage?: object;
    readonly SequenceNumber: string;
    readonly StreamViewType: string;
  };
}

/** One item before and after a write. */
export interface Change {
  readonly keys: object;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

/** The stream of one table: records in the order of writes, kept until a consumer is done with them. */
export class Stream {
  readonly arn: string;
  readonly #home: Home;
  readonly #viewType: string;
  readonly #records: DurableMap<StreamRecord>;
  readonly #work = new Map<string, () => void>();
  #listener: (() => void) | undefined;
  #sequence = 0;

  constructor(home: Home, table: string, arn: string, viewType: string) {
    this.#home = home;
    this.arn = arn;
    this.#viewType = viewType;
    this.#records = durable(home, 'streams', table);
  }

  /** Calls at once if an earlier run left records, and then after every write. */
  consume(listener: () => void): void {
    this.#listener = listener;
    for (const [id] of this.#records.entries()) this.#work.set(id, this.#home.activity.begin());
    if (this.#records.size > 0) listener();
  }

  append(change: Change): void {
    const record = this.#recordOf(change);
    if (!record || !this.#listener) return;
    this.#records.set(record.eventID, record);
    this.#work.set(record.eventID, this.#home.activity.begin());
    this.#listener();
  }

  first(count: number): StreamRecord[] {
    return this.#records.values().slice(0, count);
  }

  done(record: StreamRecord): void {
    this.#records.delete(record.eventID);
    this.#work.get(record.eventID)?.();
    this.#work.delete(record.eventID);
  }

  /** A write that changed nothing makes no record. */
  #recordOf({ keys, before, after }: Change): StreamRecord | undefined {
    if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
    const now = this.#home.now().getTime();
    this.#sequence += 1;
    const { region } = this.#home.stack.place;
    const old = before && this.#viewType !== 'NEW_IMAGE' && this.#viewType !== 'KEYS_ONLY';
    const fresh = after && this.#viewType !== 'OLD_IMAGE' && this.#viewType !== 'KEYS_ONLY';
    return {
      eventID: randomUUID(),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      eventSourceARN: this.arn,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now / 1000),
        Keys: keys,
        ...(fresh ? { NewImage: after } : {}),
        ...(old ? { OldImage: before } : {}),
        SequenceNumber: `${now}${String(this.#sequence).padStart(8, '0')}`,
        StreamViewType: this.#viewType,
      },
    };
  }
}

/** The streams of the stack's tables. */
export class Streams {
  readonly #byTable = new Map<string, Stream>();

  add(table: string, stream: Stream): void {
    this.#byTable.set(table, stream);
  }

  ofTable(table: string): Stream | undefined {
    return this.#byTable.get(table);
  }

  find(arn: string): Stream | undefined {
    return [...this.#byTable.values()].find((stream) => stream.arn === arn);
  }
}
