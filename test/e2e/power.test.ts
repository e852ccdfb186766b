import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EC2Client, ModifyInstanceAttributeCommand } from '@aws-sdk/client-ec2';
import { IAMClient, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../cli/audit.ts';
import { demoDirectory } from '../../cli/tell-story.ts';
import { actions } from '../../functions/actions/registry.gen.ts';
import { assumeAction } from '../../functions/adapters/assume-action.ts';
import { families } from '../../functions/core/family.ts';
import type { Incident } from '../../functions/core/incident.ts';
import { createAccountSide } from '../../sandbox/account/account.ts';
import { isReadOnlyEvent } from '../../sandbox/account/cloudtrail/naming.ts';
import { type ClientSettings, demoFinding, startTestCloud, type TestCloud } from './cloud.ts';
import { mutations } from './mutations.ts';

let test: TestCloud;
let stolen: Incident;
let infected: Incident;
let TableName: string;
beforeAll(async () => {
  test = await startTestCloud({ accountSeed: demoDirectory });
  stolen = await test.respond(demoFinding('stolen-key'));
  infected = await test.respond(demoFinding('c2-instance'));
  TableName = String(test.session.cloud.outputs.LedgerTableName);
});
afterAll(() => test.stop());

const remediating = families.map((family) => `remediate-${family}`);
const functions = [
  ...['ingest', 'triage', 'investigate', 'plan', 'collect', 'decide', 'request-approval', 'wake'],
  ...['hold-lease', 'watch-health', 'close', 'escalate', 'console', 'project', 'intake', ...remediating],
];
const as = (name: string): ClientSettings => test.as(`sallyport-${name}-${test.cloud.region}`);

/** How IAM's refusal is called, by service. */
const DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/;

async function refusedAs(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'it was done';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

function insert(name: string, pk: string): Promise<unknown> {
  const { id } = stolen;
  const Parameters = [{ S: `${id}${pk}` }, { N: '999' }, { S: 'forged' }, { S: '{}' }];
  const Statement = `INSERT INTO "${TableName}" VALUE {'pk': ?, 'sk': ?, 'command': ?, 'body': ?}`;
  return new DynamoDBClient(as(name)).send(new ExecuteStatementCommand({ Statement, Parameters }));
}

describe.each(['triage', 'investigate', 'plan', 'collect', 'watch-health'])('the role of %s', (name) => {
  it('cannot write a decision or an effect', async () => {
    expect(await refusedAs(insert(name, '#decision'))).toMatch(DENIED);
    expect(await refusedAs(insert(name, '#effect'))).toMatch(DENIED);
  });

  it('cannot change anything in the account', async () => {
    expect(Object.keys(mutations(stolen, infected)).sort()).toEqual(changing());
    for (const [operation, call] of Object.entries(mutations(stolen, infected)))
      expect(await refusedAs(call(as(name))), operation).toMatch(DENIED);
  });

  it('cannot take the role of an action, nor answer a task', async () => {
    for (const { id } of actions) expect(await refusedAs(assume(name, id)), id).toMatch(DENIED);
    expect(await refusedAs(answerTask(name))).toMatch(DENIED);
  });
});

describe('nobody', () => {
  it.each(functions)('of all roles can overwrite or remove a commit: %s', async (name) => {
    const client = new DynamoDBClient(as(name));
    const Key = { pk: { S: `${stolen.id}#fact` }, sk: { N: '1' } };
    const Item = { ...Key, command: { S: 'forged' }, body: { S: '{}' } };
    const attempts = {
      PutItem: client.send(new PutItemCommand({ TableName, Item })),
      UpdateItem: client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'SET command = :forged',
          ExpressionAttributeValues: { ':forged': { S: 'forged' } },
        }),
      ),
      DeleteItem: client.send(new DeleteItemCommand({ TableName, Key })),
    };
    for (const [operation, attempt] of Object.entries(attempts))
      expect(await refusedAs(attempt), operation).toMatch(DENIED);
    // The sandbox has neither of these at all: an operation that does not exist changes nothing either.
    const batch = client.send(
      new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }),
    );
    expect(await refusedAs(batch)).toMatch(/^(AccessDeniedException|NotImplementedBySandbox)$/);
    const Statement = `UPDATE "${TableName}" SET command='forged' WHERE pk=? AND sk=?`;
    const update = client.send(new ExecuteStatementCommand({ Statement, Parameters: [Key.pk, Key.sk] }));
    expect(await refusedAs(update)).toMatch(/^(AccessDeniedException|ValidationException)$/);
  });

  it('but the function that decides, asks or closes, or the console, writes a decision; only remediation an effect', async () => {
    const able = async (chain: string) => {
      const tried = await Promise.all(
        functions.map(
          async (name) => [name, DENIED.test(await refusedAs(insertWrongly(name, chain)))] as const,
        ),
      );
      return tried.flatMap(([name, isDenied]) => (isDenied ? [] : [name])).sort();
    };
    expect(await able('#decision')).toEqual(['close', 'console', 'decide', 'escalate', 'request-approval']);
    expect(await able('#effect')).toEqual(remediating);
    expect(await able('#fact')).toEqual([
      'collect',
      'ingest',
      'investigate',
      'plan',
      'triage',
      'watch-health',
    ]);
  });
});

describe('remediation', () => {
  it('takes the roles of its own family only, and those name their incident', async () => {
    for (const { id, family } of actions) {
      const own = `remediate-${family}`;
      for (const other of remediating.filter((name) => name !== own))
        expect(await refusedAs(assume(other, id)), id).toMatch(DENIED);
      expect(await refusedAs(assume(own, id)), id).toBe('it was done');
      expect(await refusedAs(assume(own, id, 'somebody')), id).toMatch(DENIED);
    }
    expect(await refusedAs(answerTask('remediate-network'))).toMatch(DENIED);
  });

  it('holds a session that reaches nothing but what the plan names', async () => {
    const key = await session(stolen, 'deactivate-access-key', 'remediate-identity');
    const other = { UserName: 'dana', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Inactive' } as const;
    expect(await refusedAs(new IAMClient(key).send(new UpdateAccessKeyCommand(other)))).toMatch(DENIED);
    const own = { UserName: 'ci-deploy', AccessKeyId: 'AKIAI44QH8DHBEXAMPLE', Status: 'Active' } as const;
    expect(await refusedAs(new IAMClient(key).send(new UpdateAccessKeyCommand(own)))).toBe('it was done');

    const disks = await session(infected, 'snapshot-volumes', 'remediate-compute');
    const protect = (InstanceId: string) =>
      new EC2Client(disks).send(
        new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: false } }),
      );
    expect(await refusedAs(protect('i-0b3b3b3b3b3b3b3b3'))).toMatch(DENIED);
    expect(await refusedAs(protect('i-0c2c2c2c2c2c2c2c2'))).toBe('it was done');
  });
});

it('all of this left the record as it was', async () => {
  expect((await audit(test.session)).problems).toEqual([]);
});

/** Every operation of EC2 and IAM that the laptop cloud's account carries out and that is no read. */
function changing(): string[] {
  return createAccountSide(test.cloud.accounts)
    .services.filter(({ signingName }) => signingName === 'ec2' || signingName === 'iam')
    .flatMap(({ operations }) => Object.keys(operations))
    .filter((name) => !isReadOnlyEvent(name))
    .sort();
}

/** A body that is no commit would break the record: the sort key is no number, which only an allowed call is told. */
function insertWrongly(name: string, chain: string): Promise<unknown> {
  const Parameters = [{ S: `${stolen.id}${chain}` }, { S: 'no number' }, { S: 'x' }, { S: 'x' }];
  const Statement = `INSERT INTO "${TableName}" VALUE {'pk': ?, 'sk': ?, 'command': ?, 'body': ?}`;
  return new DynamoDBClient(as(name)).send(new ExecuteStatementCommand({ Statement, Parameters }));
}

function assume(name: string, action: string, SourceIdentity = stolen.id): Promise<unknown> {
  const { account, region } = test.cloud;
  const RoleArn = `arn:aws:iam::${account}:role/sallyport/sallyport-action-${action}-${region}`;
  return new STSClient(as(name)).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: stolen.id, SourceIdentity }),
  );
}

function answerTask(name: string): Promise<unknown> {
  // A token of this very machine, as the sandbox writes them: who may answer is asked before whether it waits.
  const machine = `arn:aws:states:${test.cloud.region}:${test.cloud.account}:stateMachine:sallyport-incident`;
  const taskToken = Buffer.from(JSON.stringify([machine, 'guessed'])).toString('base64');
  return new SFNClient(as(name)).send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
}

/** The session that remediation itself would take for an action of an incident's plan. */
async function session(incident: Incident, id: string, name: string): Promise<ClientSettings> {
  const planned = incident.plan?.manifest.actions.find((one) => one.action === id);
  const action = actions.find((one) => one.id === id);
  if (!planned || !action) throw new Error(`${incident.id} does not plan ${id}`);
  const roleArnPattern = `arn:aws:iam::{account}:role/sallyport/sallyport-action-{action}-${test.cloud.region}`;
  const sts = new STSClient(as(name));
  const given = await assumeAction({ action, planned, incident: incident.id, roleArnPattern, sts });
  return { ...as(name), credentials: { ...given, sessionToken: given.sessionToken ?? '' } };
}
