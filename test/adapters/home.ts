import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { s3Bodies } from '../../functions/adapters/bodies.ts';
import { coordinationTable } from '../../functions/adapters/coordination-table.ts';
import { DynamoLedger } from '../../functions/adapters/ledger.ts';
import { ledgerTable } from '../../functions/adapters/ledger-table.ts';
import { Activity } from '../../sandbox/activity.ts';
import type { Home } from '../../sandbox/home.ts';
import { DynaliteStore } from '../../sandbox/services/dynalite-store.ts';
import { dynamodbService } from '../../sandbox/services/dynamodb.ts';
import { kmsService } from '../../sandbox/services/kms.ts';
import { s3Service } from '../../sandbox/services/s3.ts';
import { Streams } from '../../sandbox/services/streams.ts';
import { createTables } from '../../sandbox/services/tables.ts';
import { TaskTokens } from '../../sandbox/services/task-tokens.ts';
import { Stack } from '../../sandbox/template/stack.ts';
import { startWireServer } from '../../sandbox/wire/server.ts';
import type { CallRecord } from '../../sandbox/wire/service.ts';
import { otherDynamoDb } from './other-dynamodb.ts';
import { statesService } from './states.ts';
import { tableKeys } from './table-keys.ts';

const account = '111122223333';
const region = 'eu-central-1';
const credentials = { accessKeyId: 'AKIATESTER0000000000', secretAccessKey: 'any' };

/** The services that storage adapters speak to, behind the wire protocols that production speaks, and nothing else. */
export interface TestHome {
  /** What `adapters` read as the time. */
  now: Date;
  /** Calls that were answered, as `Operation`. */
  readonly calls: string[];
  /** Sees each call before it is carried out; throwing an AwsError answers it, and nothing is done. */
  beforeCall: (operation: string) => void;
  readonly tokens: TaskTokens;
  /** Executions started, by name, with their input. */
  readonly executions: Map<string, string>;
  readonly key: string;
  readonly table: ReturnType<typeof ledgerTable>;
  readonly coordination: ReturnType<typeof coordinationTable>;
  readonly bodies: ReturnType<typeof s3Bodies>;
  readonly dynamo: DynamoDBClient;
  readonly s3: S3Client;
  readonly kms: KMSClient;
  readonly workflow: SFNClient;
  readonly clock: () => Date;
  ledger(writer?: string): DynamoLedger;
  /** A DynamoDB operation on the store itself, behind every policy: what an attacker with the disk could do. */
  tamper(operation: string, input: object): Promise<unknown>;
  readonly ledgerName: string;
  close(): Promise<void>;
}

/**
 * Starts the home. Each test may use its own partitions, so that one home serves a whole file. `SALLYPORT_DYNAMODB`
 * names another DynamoDB (test/conformance/run.ts) than the laptop cloud's.
 */
export async function startHome(): Promise<TestHome> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'adapters-'));
  const store = await DynaliteStore.start(join(stateDirectory, 'tables'));
  const stack = new Stack(template(), { account, region, stackName: 'Home' });
  const now = () => home.now;
  const services: Home = {
    stack,
    stateDirectory,
    activity: new Activity(),
    now,
    emit: () => undefined,
    retryDelay: 0,
    stopped: new AbortController().signal,
  };
  const streams = new Streams();
  const tables = await createTables(services, store, streams);
  const tokens = new TaskTokens();
  const executions = new Map<string, string>();
  const calls: string[] = [];
  const server = await startWireServer({
    services: [
      dynamodbService(tables, store, streams),
      s3Service(services),
      kmsService(services),
      statesService(tokens, executions),
    ],
    identify: (accessKeyId) => ({ arn: `arn:aws:iam::${account}:user/tester`, account, accessKeyId }),
    authorize: () => ({ allowed: true }),
    onCall({ phase, operation }: CallRecord) {
      if (phase === 'before') home.beforeCall(operation);
      else calls.push(operation);
    },
  });
  const settings = { endpoint: server.endpoint, region, credentials, maxAttempts: 1 };
  const elsewhere = process.env.SALLYPORT_DYNAMODB;
  const other =
    elsewhere === undefined
      ? undefined
      : await otherDynamoDb(elsewhere, region, {
          before: (operation) => home.beforeCall(operation),
          after: (operation) => calls.push(operation),
        });
  const dynamo = other?.client ?? new DynamoDBClient(settings);
  const table = ledgerTable('ledger', dynamo);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const bodies = s3Bodies('bodies', s3);
  const [key] = stack.ofType('AWS::KMS::Key', z.unknown());
  const home: TestHome = {
    now: new Date('2026-11-21T12:00:00.000Z'),
    calls,
    beforeCall: () => undefined,
    tokens,
    executions,
    key: key?.ref ?? '',
    table,
    coordination: coordinationTable('coordination', dynamo),
    bodies,
    dynamo,
    s3,
    kms: new KMSClient(settings),
    workflow: new SFNClient(settings),
    clock: now,
    ledger: (writer = 'tester') => new DynamoLedger(table, bodies, writer, now),
    tamper: other?.tamper ?? ((operation, input) => store.call(operation, input)),
    ledgerName: 'ledger',
    async close() {
      await server.close();
      await store.stop();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
  return home;
}

function template(): ConstructorParameters<typeof Stack>[0] {
  const table = (TableName: string, sortType: 'N' | 'S') => ({
    Type: 'AWS::DynamoDB::Table',
    Properties: { TableName, ...tableKeys(sortType) },
  });
  return {
    Parameters: {},
    Outputs: {},
    Resources: {
      Ledger: table('ledger', 'N'),
      Coordination: table('coordination', 'S'),
      Bodies: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bodies' } },
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] } } },
    },
  };
}
