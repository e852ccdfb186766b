import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { build } from 'esbuild';
import { type CloudOptions, type LaptopCloud, startCloud } from '../../../sandbox/cloud.ts';
import type { CloudEvent } from '../../../sandbox/events.ts';
import { readCloudFile } from '../../../sandbox/state-folder.ts';
import { smallTemplate } from './template.ts';

export const account = '111122223333';
export const region = 'us-east-1';
const asset = 'small';

export interface Assembly {
  readonly directory: string;
  /** A new, empty state folder. */
  state(): string;
  remove(): void;
}

/** Bundles the small stack's functions and writes its template, as `cdk synth` would. */
export async function smallAssembly(
  change?: (resources: Record<string, unknown>) => void,
): Promise<Assembly> {
  const root = mkdtempSync(join(tmpdir(), 'small-cloud-'));
  const directory = join(root, 'cdk.out');
  mkdirSync(directory);
  await build({
    entryPoints: { index: join(import.meta.dirname, 'handlers.ts') },
    outdir: join(directory, `asset.${asset}`),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    banner: { js: "import{createRequire}from'module';const require=createRequire(import.meta.url);" },
  });
  writeFileSync(join(directory, 'Small.template.json'), JSON.stringify(smallTemplate(asset, change)));
  let states = 0;
  return {
    directory,
    state() {
      states += 1;
      return join(root, `state-${states}`);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A cloud under test with what the tests ask it. */
export interface SmallCloud {
  readonly cloud: LaptopCloud;
  readonly events: CloudEvent[];
  readonly stateDirectory: string;
  /** Generated, as the template gives it no name. */
  readonly ledgerName: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Settings for SDK clients, with the credentials of a role. */
  as(role: string): { endpoint: string; region: string; credentials: object; maxAttempts: number };
  /** A finding through the door. */
  find(detail: object): void;
  note(pk: string, sk: string): Promise<Record<string, { S?: string; N?: string }> | undefined>;
  /** Sort keys of a ledger partition. */
  ledger(pk: string): Promise<number[]>;
  execution(name: string): Promise<DescribeExecutionCommandOutput>;
  /** Answers the task that waits for a person. */
  answer(id: string): Promise<void>;
}

export async function startSmall(
  assembly: Assembly,
  options: Partial<CloudOptions> = {},
): Promise<SmallCloud> {
  const events: CloudEvent[] = [];
  const stateDirectory = options.stateDirectory ?? assembly.state();
  const cloud = await startCloud({
    assembly: assembly.directory,
    stackName: 'Small',
    retryDelay: 50,
    onEvent: (event) => events.push(event),
    ...options,
    stateDirectory,
  });
  const as: SmallCloud['as'] = (role) => ({
    endpoint: cloud.endpoint,
    region,
    credentials: cloud.credentialsFor(role),
    maxAttempts: 1,
  });
  const { outputs = {} } = readCloudFile(stateDirectory) ?? {};
  const operator = new DynamoDBClient(as('operator') as never);
  const machine = `arn:aws:states:${region}:${account}:execution:small`;
  const note: SmallCloud['note'] = async (pk, sk) => {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    const { Item } = await operator.send(new GetItemCommand({ TableName: 'small-notes', Key }));
    return Item as Record<string, { S?: string; N?: string }> | undefined;
  };
  return {
    cloud,
    events,
    stateDirectory,
    ledgerName: outputs.LedgerName ?? '',
    outputs,
    as,
    find: (detail) =>
      void cloud.deliver({
        source: 'aws.guardduty',
        'detail-type': 'GuardDuty Finding',
        id: 'event',
        detail,
      }),
    note,
    async ledger(pk) {
      const { Items = [] } = await operator.send(
        new QueryCommand({
          TableName: outputs.LedgerName,
          KeyConditionExpression: '#hash = :pk',
          ExpressionAttributeNames: { '#hash': 'pk' },
          ExpressionAttributeValues: { ':pk': { S: pk } },
        }),
      );
      return Items.map(({ sk }) => Number(sk?.N));
    },
    async execution(name) {
      const states = new SFNClient(as('operator') as never);
      return states.send(new DescribeExecutionCommand({ executionArn: `${machine}:${name}` }));
    },
    async answer(id) {
      const taskToken = (await note(`token#${id}`, '-'))?.token?.S ?? '';
      const states = new SFNClient(as('small-writer') as never);
      await states.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    },
  };
}
