import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { rounded } from './statistics.ts';

type Item = Readonly<Record<string, AttributeValue>>;
interface Input {
  readonly Item?: Item;
  readonly Parameters?: readonly AttributeValue[];
}
interface Output {
  readonly Item?: Item;
  readonly Items?: readonly Item[];
}

/**
 * Counts a client's requests and the capacity units that DynamoDB would charge: 4 kB a unit for a strongly consistent
 * read, 1 kB for a write, at least one for each.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export class Meter {
  private requests = 0;
  private read = 0;
  private written = 0;

  constructor(client: DynamoDBClient) {
    client.middlewareStack.add(
      (next) => async (args) => {
        const reply = await next(args);
        this.count(args.input as Input, reply.output as Output);
        return reply;
      },
      { step: 'initialize', name: 'meter' },
    );
  }

  reset(): void {
    [this.requests, this.read, this.written] = [0, 0, 0];
  }

  per(findings: number) {
    return {
      requests: rounded(this.requests / findings),
      readUnits: rounded(this.read / findings),
      writeUnits: rounded(this.written / findings),
    };
  }

  private count({ Item: put, Parameters }: Input, { Item: got, Items }: Output): void {
    this.requests += 1;
    if (put ?? Parameters) this.written += units(put ?? Parameters, 1024);
    else this.read += units(Items ?? got, 4096);
  }
}

/** Of an item the size of its JSON, which is a little more than DynamoDB counts. */
function units(content: unknown, bytes: number): number {
  return Math.max(1, Math.ceil(Buffer.byteLength(JSON.stringify(content ?? '')) / bytes));
}
