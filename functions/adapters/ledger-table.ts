import {
  type DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
  type ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type Commit, openCommit } from '../core/commit.ts';
import { LedgerCorruptError } from '../core/errors.ts';

type Item = NonNullable<QueryCommandOutput['Items']>[number];

/** The ledger table: one item a commit, its content as canonical JSON in `body`, the SHA-256 of that in `hash`. */
export interface LedgerTable {
  /** The commits of a partition after a sequence, in order, read consistently. */
  after(partition: string, sequence: number): Promise<Commit[]>;
  get(partition: string, sequence: number): Promise<Commit | undefined>;
  last(partition: string): Promise<Commit | undefined>;
  /** Where a command stands in a partition already. */
  holds(partition: string, commandId: string): Promise<boolean>;
  /** Every partition key, sorted: a whole scan, for audits and rebuilds. */
  partitions(): Promise<string[]>;
  /** PartiQL INSERT, which refuses an existing key by itself. Answers whether the place was free. */
  insert(commit: Commit): Promise<boolean>;
}

export function ledgerTable(table: string, client: Pick<DynamoDBClient, 'send'>): LedgerTable {
  async function query(partition: string, more: Record<string, unknown>, values: Item = {}): Promise<Item[]> {
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const page: QueryCommandOutput = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: partition }, ...values },
          ExclusiveStartKey: from,
          ...more,
        }),
      );
      items.push(...(page.Items ?? []));
      from = more.Limit === undefined ? page.LastEvaluatedKey : undefined;
    } while (from);
    return items;
  }

  return {
    async after(partition, sequence) {
      const items = await query(
        partition,
        { KeyConditionExpression: 'pk = :pk AND sk > :sk' },
        { ':sk': { N: String(sequence) } },
      );
      return items.map(parseItem);
    },
    async get(partition, sequence) {
      const Key = { pk: { S: partition }, sk: { N: String(sequence) } };
      const answer = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return answer.Item && parseItem(answer.Item);
    },
    async last(partition) {
      const [item] = await query(partition, { ScanIndexForward: false, Limit: 1 });
      return item && parseItem(item);
    },
    async holds(partition, commandId) {
      const filter = { FilterExpression: 'command = :command', ProjectionExpression: 'sk' };
      const found = await query(partition, filter, { ':command': { S: commandId } });
      return found.length > 0;
    },
    async partitions() {
      const found = new Set<string>();
      let from: Item | undefined;
      do {
        const scan = {
          TableName: table,
          ProjectionExpression: 'pk',
          ConsistentRead: true,
          ExclusiveStartKey: from,
        };
        const page: ScanCommandOutput = await client.send(new ScanCommand(scan));
        for (const { pk } of page.Items ?? []) found.add(pk?.S ?? '');
        from = page.LastEvaluatedKey;
      } while (from);
      return [...found].toSorted();
    },
    async insert(commit) {
      try {
        await client.send(insertStatement(table, commit));
        return true;
      } catch (error) {
        if (error instanceof Error && TAKEN.includes(error.name)) return false;
        throw error;
      }
    },
  };
}

/** The API reference says DuplicateItemException; DynamoDB Local, AWS's own, answers with the code that batches of statements have. */
const TAKEN = ['DuplicateItemException', 'DuplicateItem'];

function insertStatement(table: string, commit: Commit): ExecuteStatementCommand {
  return new ExecuteStatementCommand({
    Statement: `INSERT INTO "${table}" VALUE {'pk': ?, 'sk': ?, 'command': ?, 'hash': ?, 'body': ?}`,
    Parameters: [
      { S: commit.partition },
      { N: String(commit.sequence) },
      { S: commit.commandId },
      { S: commit.hash },
      { S: commit.text },
    ],
  });
}

const ATTRIBUTES = ['pk', 'sk', 'command', 'hash', 'body'];

/** Reads an item strictly: its keys and its command must be what the commit says, and nothing else may be there. */
function parseItem(item: Item): Commit {
  const name = `${item.pk?.S}/${item.sk?.N}`;
  const commit = openCommit(name, item.body?.S ?? '', item.hash?.S ?? '');
  const place = `${commit.partition}/${commit.sequence}`;
  if (place !== name) throw new LedgerCorruptError(name, `holds the commit of ${place}: it was moved`);
  if (item.command?.S !== commit.commandId)
    throw new LedgerCorruptError(name, 'its command is not its commit’s');
  const strange = Object.keys(item).find((key) => !ATTRIBUTES.includes(key));
  if (strange) throw new LedgerCorruptError(name, `has an attribute that no commit has: ${strange}`);
  return commit;
}
