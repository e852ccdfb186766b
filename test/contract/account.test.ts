import {
  DescribeInstancesCommand,
  GetPasswordDataCommand,
  RebootInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetUserCommand, ListAccessKeysCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { actions } from '../../functions/actions/registry.gen.ts';
import { openAccount } from '../../functions/adapters/account.ts';
import type { AccountClients } from '../../functions/adapters/account-clients.ts';
import { assumeAction, sessionPolicy } from '../../functions/adapters/assume-action.ts';
import { OperationRefusedError } from '../../functions/core/errors.ts';
import { returnsSecrets } from '../../functions/core/operation.ts';
import type { PlannedAction } from '../../functions/core/plan.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';

const declared = [
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
  GetPasswordDataCommand,
  RebootInstancesCommand,
] as const;

function open(mode: 'read' | 'write') {
  const sent: string[] = [];
  const clients: AccountClients = {
    async send(operation, _command, region) {
      sent.push(`${operation} in ${region}`);
      return {};
    },
  };
  return { sent, account: openAccount({ id: ACCOUNT, region: REGION, declared, mode, clients }) };
}

test('a declared read goes to the home region, or to the one that is named', async () => {
  const { account, sent } = open('read');
  await account.send(new ListAccessKeysCommand({}));
  await account.send(new ListAccessKeysCommand({}), 'us-east-1');
  expect(sent).toEqual(['iam:ListAccessKeys in eu-west-1', 'iam:ListAccessKeys in us-east-1']);
});

test('a declared change is sent only by an account that is open for writing', async () => {
  const command = new UpdateAccessKeyCommand({ AccessKeyId: 'AKIA', Status: 'Inactive' });
  const reading = open('read');
  await expect(reading.account.send(command)).rejects.toThrow(
    'iam:UpdateAccessKey refused: it changes something',
  );
  const writing = open('write');
  await writing.account.send(command);
  expect([reading.sent, writing.sent]).toEqual([[], ['iam:UpdateAccessKey in eu-west-1']]);
});

test.each([
  ['an operation that was not declared', new GetUserCommand({}), 'it was not declared'],
  ['another service', new DescribeInstancesCommand({}), 'it was not declared'],
  [
    'what returns a secret, though declared',
    new GetPasswordDataCommand({ InstanceId: 'i-1' }),
    'it returns secrets',
  ],
  [
    'what is not in the table',
    new RebootInstancesCommand({ InstanceIds: ['i-1'] }),
    'its access level is unknown',
  ],
])('%s is refused before anything is sent', async (_, command, reason) => {
  const { account, sent } = open('write');
  const answer = account.send(command as never);
  await expect(answer).rejects.toBeInstanceOf(OperationRefusedError);
  await expect(answer).rejects.toThrow(reason);
  expect(sent).toEqual([]);
});

test('a look-alike of a declared command is refused: identity counts, not the name', async () => {
  const { account } = open('read');
  class Alike extends ListAccessKeysCommand {}
  await expect(account.send(new Alike({}))).rejects.toThrow('it was not declared');
  await expect(account.send({ schema: [9, 'com.amazonaws.iam', 'ListAccessKeys'] } as never)).rejects.toThrow(
    'it was not declared',
  );
  await expect(account.send({} as never)).rejects.toThrow('no command of an AWS SDK');
});

test.each([
  'secretsmanager:GetSecretValue',
  'secretsmanager:BatchGetSecretValue',
  'ec2:GetPasswordData',
  'lambda:GetFunctionConfiguration',
  'lambda:ListVersionsByFunction',
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:GetSessionToken',
  'sts:GetFederationToken',
  'iam:CreateAccessKey',
  'ssm:GetParametersByPath',
  'kms:Decrypt',
])('%s counts as returning secrets', (operation) => {
  expect(returnsSecrets(operation)).toBe(true);
});

test.each(['secretsmanager:DescribeSecret', 'sts:GetCallerIdentity', 'iam:GetRole', 'kms:DescribeKey'])(
  '%s does not',
  (operation) => {
    expect(returnsSecrets(operation)).toBe(false);
  },
);

const isolate = actions.find((one) => one.id === 'isolate-instance');

function plannedWith(interfaces: number): PlannedAction {
  const one = (index: number) => ({
    id: `eni-${String(index).padStart(17, '0')}`,
    vpc: 'vpc-1',
    groups: ['sg-1'],
  });
  return {
    id: 'a1',
    action: 'isolate-instance',
    target: target('instance', 'i-1'),
    params: {},
    danger: 'high',
    protectedTarget: false,
    before: { interfaces: Array.from({ length: interfaces }, (_, index) => one(index)) },
    expected: {},
    change: '',
    undo: '',
    cannotRestore: [],
  };
}

test('the session is named after the incident and narrowed to the plan', async () => {
  const asked: Record<string, unknown>[] = [];
  const issued = { AccessKeyId: 'ASIA', SecretAccessKey: 's', SessionToken: 't' };
  const sts = {
    send: async ({ input }: { input: Record<string, unknown> }) => {
      asked.push(input);
      return { Credentials: issued };
    },
  };
  if (!isolate) throw new Error('isolate-instance is not in the registry');
  const credentials = await assumeAction({
    action: isolate,
    planned: plannedWith(1),
    incident: 'INC-0123456789ABCDEF',
    roleArnPattern: 'arn:{partition}:iam::{account}:role/sallyport-{action}',
    sts: sts as never,
  });
  expect(credentials).toEqual({ accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't' });
  expect(asked[0]).toMatchObject({
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/sallyport-isolate-instance`,
    RoleSessionName: 'INC-0123456789ABCDEF',
    SourceIdentity: 'INC-0123456789ABCDEF',
    DurationSeconds: 900,
  });
  expect(asked[0]?.Policy).toContain(
    `arn:aws:ec2:eu-west-1:${ACCOUNT}:network-interface/eni-00000000000000000`,
  );
  expect(asked[0]?.Policy).not.toContain('network-interface/*');
});

test('a session policy that STS would refuse is refused by name before', () => {
  if (!isolate) throw new Error('isolate-instance is not in the registry');
  expect(sessionPolicy(isolate, plannedWith(8)).length).toBeLessThanOrEqual(2048);
  expect(() => sessionPolicy(isolate, plannedWith(15))).toThrow(
    /session policy of isolate-instance takes \d+ characters/,
  );
});
