import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { AwsError } from '../wire/service.ts';

export interface StoreReply {
  readonly status: number;
  readonly body: string;
}

/** DynamoDB's own operations on disk, spoken to in AWS JSON over a loopback port that nobody else is told. */
export class DynaliteStore {
  readonly #server: Server;
  readonly #url: string;
  readonly #underWay = new Set<Promise<StoreReply>>();

  private constructor(server: Server) {
    this.#server = server;
    this.#url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  static async start(path: string): Promise<DynaliteStore> {
    const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return new DynaliteStore(server);
  }

  /** Sends an operation as it stands; errors come back as DynamoDB's own reply. */
  send(operation: string, body: string): Promise<StoreReply> {
    const reply = this.#post(operation, body).finally(() => this.#underWay.delete(reply));
    this.#underWay.add(reply);
    return reply;
  }

  async #post(operation: string, body: string): Promise<StoreReply> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        // Dynalite wants to see a signature and looks at nothing in it.
        authorization: 'AWS4-HMAC-SHA256 Credential=sandbox, SignedHeaders=host, Signature=none',
        'x-amz-date': '20200101T000000Z',
      },
      body,
    });
    return { status: response.status, body: await response.text() };
  }

  /** Throws what DynamoDB answered as an AwsError. */
  async call<Output>(operation: string, input: object): Promise<Output> {
    const { status, body } = await this.send(operation, JSON.stringify(input));
    const parsed = JSON.parse(body) as Output & { __type?: string; message?: string };
    if (status === 200) return parsed;
    throw new AwsError(parsed.__type?.split('#').at(-1) ?? 'InternalFailure', parsed.message ?? body, status);
  }

  /** Waits for what is under way: Dynalite throws out of reach of any caller when its database closes beneath it. */
  async stop(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
