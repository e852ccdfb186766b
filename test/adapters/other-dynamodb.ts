import { randomBytes } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { tableKeys } from './table-keys.ts';

interface Watch {
  before(operation: string): void;
  after(operation: string): void;
}

// biome-ignore lint/suspicious/noExplicitAny: the store's own operations take what the tests write.
const tampering: Record<string, new (input: any) => GetItemCommand | PutItemCommand | DeleteItemCommand> = {
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  DeleteItem: DeleteItemCommand,
};

/** A home's two tables on a DynamoDB that is not ours, in a database of their own: DynamoDB Local keeps one for each key id. */
export async function otherDynamoDb(endpoint: string, region: string, watch: Watch) {
  const accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;
  const settings = { endpoint, region, credentials: { accessKeyId, secretAccessKey: 'any' }, maxAttempts: 1 };
  const direct = new DynamoDBClient(settings);
  await createTable(direct, 'ledger', 'N');
  await createTable(direct, 'coordination', 'S');
  const client = new DynamoDBClient(settings);
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (input) => {
        const operation = String(commandName).replace(/Command$/, '');
        watch.before(operation);
        const answer = await next(input);
        watch.after(operation);
        return answer;
      },
    { step: 'initialize' },
  );
  return {
    client,
    async tamper(operation: string, input: object): Promise<unknown> {
      const Command = tampering[operation];
      if (!Command) throw new Error(`no test tampers by ${operation} yet`);
      return direct.send(new Command(input) as GetItemCommand);
    },
  };
}

async function createTable(client: DynamoDBClient, name: string, sortType: 'N' | 'S'): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      ...tableKeys(sortType),
    }),
  );
}
