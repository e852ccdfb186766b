/** The functions of the small stack in `template.ts`, bundled by `fixture.ts`. Each does one thing that tests look at. */
import {
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

const { LEDGER = '', NOTES = '', MACHINE = '', SECRET = '', SLACK_API_URL = '' } = process.env;
const dynamo = new DynamoDBClient({});
const states = new SFNClient({});

interface Step {
  readonly id: string;
  readonly token?: string;
  readonly plan?: { readonly crash?: boolean; readonly slow?: boolean; readonly fail?: string };
}

async function insert(pk: string, sk: number): Promise<string> {
  const Statement = `INSERT INTO "${LEDGER}" VALUE {'pk': ?, 'sk': ?}`;
  try {
    await dynamo.send(new ExecuteStatementCommand({ Statement, Parameters: [{ S: pk }, { N: String(sk) }] }));
    return 'written';
  } catch (error) {
    if (error instanceof Error && error.name === 'DuplicateItemException') return 'there already';
    throw error;
  }
}

/** Starts an execution per message; `poison` always fails. */
export async function intake(event: { Records: { messageId: string; body: string }[] }): Promise<object> {
  const failed: string[] = [];
  for (const { messageId, body } of event.Records) {
    const { detail } = JSON.parse(body) as { detail: Step & { poison?: boolean } };
    if (detail.poison) {
      failed.push(messageId);
      continue;
    }
    const input = JSON.stringify({ id: detail.id, plan: detail.plan ?? {}, patience: 3600 });
    try {
      await states.send(new StartExecutionCommand({ stateMachineArn: MACHINE, name: detail.id, input }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Writes the first fact; crashes, dawdles or fails when told to. */
export async function work({ id, plan = {} }: Step): Promise<object> {
  if (plan.crash) process.exit(3);
  if (plan.slow) await new Promise(() => undefined);
  if (plan.fail) throw Object.assign(new Error('as told'), { name: plan.fail });
  return { wrote: await insert(`${id}#fact`, 1) };
}

/** Keeps the task token where the test finds it, and says so to people. */
export async function ask({ id, token = '' }: Step): Promise<void> {
  const Item = { pk: { S: `token#${id}` }, sk: { S: '-' }, token: { S: token } };
  await dynamo.send(new PutItemCommand({ TableName: NOTES, Item }));
  await new SESv2Client({}).send(
    new SendEmailCommand({
      FromEmailAddress: 'robot@example.com',
      Destination: { ToAddresses: ['person@example.com'] },
      Content: {
        Simple: {
          Subject: { Data: `Décide: ${id}` },
          Body: {
            Text: { Data: 'line one\n.hidden dot\nünïcode' },
            Html: { Data: `<p>Decide <b>${id}</b></p>` },
          },
        },
      },
    }),
  );
}

export async function finish({ id }: Step): Promise<object> {
  return { wrote: await insert(`${id}#fact`, 2) };
}

/** Counts stream records of an id in the notes. */
export async function project(event: {
  Records: {
    eventName: string;
    dynamodb: { Keys: Record<string, { S?: string; N?: string }>; NewImage?: object };
  }[];
}): Promise<void> {
  for (const { eventName, dynamodb } of event.Records) {
    const pk = dynamodb.Keys.pk?.S ?? '';
    const Key = { pk: { S: 'seen' }, sk: { S: `${pk}/${dynamodb.Keys.sk?.N}` } };
    const before = await dynamo.send(new GetItemCommand({ TableName: NOTES, Key, ConsistentRead: true }));
    const times = Number(before.Item?.times?.N ?? 0) + 1;
    const Item = { ...Key, name: { S: eventName }, times: { N: String(times) } };
    await dynamo.send(new PutItemCommand({ TableName: NOTES, Item }));
  }
}

/** Receives the state machine's failures. */
export async function bury({
  detail,
}: {
  detail: { name: string; status: string; error: string };
}): Promise<void> {
  const Item = {
    pk: { S: 'buried' },
    sk: { S: detail.name },
    error: { S: `${detail.status} ${detail.error}` },
  };
  await dynamo.send(new PutItemCommand({ TableName: NOTES, Item }));
}

/** Posts to the chat with the token that its secret holds. */
export async function chat({ text }: { text: string }): Promise<unknown> {
  const { SecretString } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: SECRET }),
  );
  const answer = await fetch(`${SLACK_API_URL}/chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SecretString}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ channel: '#security', text }),
  });
  return answer.json();
}

/** Echoes what API Gateway hands over. */
export async function page(event: object): Promise<object> {
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
    cookies: ['a=1'],
  };
}

/** Shows what a process of the laptop cloud can see of the machine. */
export async function look(): Promise<object> {
  return { pid: process.pid, variables: Object.keys(process.env).sort() };
}
