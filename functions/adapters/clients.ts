/** Time spent waiting for ports: the union of the intervals in which at least one call was under way, in ms. */
export class PortMeter {
  private underWay = 0;
  private since = 0;
  private total = 0;

  async measure<T>(work: () => Promise<T>): Promise<T> {
    if (this.underWay === 0) this.since = performance.now();
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) this.total += performance.now() - this.since;
    }
  }

  /** What was measured since the last reading. */
  read(): number {
    const { total } = this;
    this.total = 0;
    return total;
  }
}

/** One meter a process: a Lambda works on one event at a time. */
export const portMeter = new PortMeter();

/** The part of an SDK client that is needed here; every v3 client has it. */
interface Sender {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's send is overloaded per client, which only `any` can span.
  send: (...parameters: any[]) => Promise<any>;
}

/** Makes an SDK client whose calls are measured. Throttling is retried by the SDK with back-off and jitter. */
export function measured<Client extends Sender>(client: Client): Client {
  const send = client.send.bind(client);
  client.send = (...parameters: unknown[]) => portMeter.measure(() => send(...parameters));
  return client;
}

/** Settings of every client: five attempts, since a lost call costs a redelivery. */
export const clientSettings = { maxAttempts: 5 } as const;
