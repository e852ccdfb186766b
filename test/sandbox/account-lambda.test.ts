import * as lambda from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, admin, type Fixture, region, startFixture, stolen } from './account-fixture.ts';

const FunctionName = 'checkout';
const arn = `arn:aws:lambda:${region}:${account}:function:checkout`;
let fixture: Fixture;
let fresh: CloudState;
let client: lambda.LambdaClient;

const clientOf = (credentials = admin) =>
  new lambda.LambdaClient({ endpoint: fixture.server.endpoint, region, credentials });

beforeAll(async () => {
  fixture = await startFixture({
    seed: {
      lambda: {
        functions: [
          {
            functionName: 'checkout',
            url: { authType: 'NONE', id: 'checkoutcheckout' },
            aliases: [{ name: 'live', url: { authType: 'AWS_IAM' } }],
            eventSources: [
              {
                uuid: '0a0a0a0a-0000-4000-8000-000000000001',
                eventSourceArn: `arn:aws:sqs:${region}:${account}:orders`,
              },
            ],
            tags: { team: 'shop' },
          },
          { functionName: 'warm', provisionedConcurrency: 3 },
        ],
      },
    },
  });
  fresh = fixture.cloud.snapshot();
  client = clientOf();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

describe('reserved concurrency', () => {
  const get = async (name = FunctionName) =>
    (await client.send(new lambda.GetFunctionConcurrencyCommand({ FunctionName: name })))
      .ReservedConcurrentExecutions;
  const put = (ReservedConcurrentExecutions: number, name = FunctionName) =>
    client.send(
      new lambda.PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions }),
    );

  it('is absent, then a number, then 0, then absent again', async () => {
    expect(await get()).toBeUndefined();
    for (const number of [7, 0]) {
      await put(number);
      expect(await get(arn)).toBe(number);
    }
    const remove = new lambda.DeleteFunctionConcurrencyCommand({ FunctionName });
    await client.send(remove);
    await client.send(remove);
    expect(await get()).toBeUndefined();
  });

  it.each([
    ['more than leaves 100 of the account', 901, FunctionName, 'InvalidParameterValueException'],
    ['less than is provisioned', 0, 'warm', 'InvalidParameterValueException'],
    ['that of no function', 1, 'none', 'ResourceNotFoundException'],
    ['that of another account’s', 1, arn.replace(account, '444455556666'), 'AccessDeniedException'],
    ['that of no name', 1, 'a b', 'ValidationException'],
  ])('is refused: %s', async (_, number, name, error) => {
    await expect(put(number, name)).rejects.toMatchObject({ name: error });
  });
});

describe('function URLs', () => {
  const list = async () =>
    (await client.send(new lambda.ListFunctionUrlConfigsCommand({ FunctionName }))).FunctionUrlConfigs?.map(
      ({ FunctionArn, AuthType }) => [FunctionArn, AuthType],
    );

  it('are the function’s and its aliases’, and each is changed by itself', async () => {
    const update = new lambda.UpdateFunctionUrlConfigCommand({ FunctionName, AuthType: 'AWS_IAM' });
    expect(await client.send(update)).toMatchObject({ AuthType: 'AWS_IAM', FunctionArn: arn });
    await client.send(
      new lambda.UpdateFunctionUrlConfigCommand({ FunctionName, Qualifier: 'live', AuthType: 'NONE' }),
    );
    expect(await list()).toEqual([
      [arn, 'AWS_IAM'],
      [`${arn}:live`, 'NONE'],
    ]);
  });

  it.each([
    ['a function without one', { FunctionName: 'warm' }, 'ResourceNotFoundException'],
    ['no alias', { FunctionName, Qualifier: 'dead' }, 'ResourceNotFoundException'],
    ['an unknown way to sign', { FunctionName, AuthType: 'ANY' }, 'InvalidParameterValueException'],
  ])('of %s are refused', async (_, input, name) => {
    const update = new lambda.UpdateFunctionUrlConfigCommand(input as never);
    await expect(client.send(update)).rejects.toMatchObject({ name });
  });
});

describe('the resource policy', () => {
  const add = (input: object) =>
    client.send(
      new lambda.AddPermissionCommand({
        FunctionName,
        StatementId: 'one',
        Action: 'lambda:InvokeFunction',
        Principal: '*',
        ...input,
      }),
    );
  const remove = (input: object = {}) =>
    client.send(new lambda.RemovePermissionCommand({ FunctionName, StatementId: 'one', ...input }));
  const get = (Qualifier?: string) => client.send(new lambda.GetPolicyCommand({ FunctionName, Qualifier }));

  it('is none at all without statements, and has them as AddPermission writes them', async () => {
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await add({
      Principal: 's3.amazonaws.com',
      SourceAccount: account,
      SourceArn: 'arn:aws:s3:::uploads',
    });
    await add({ StatementId: 'two', Principal: '444455556666' });
    const { Policy = '' } = await get();
    expect(JSON.parse(Policy).Statement).toEqual([
      {
        Sid: 'one',
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: arn,
        Condition: {
          StringEquals: { 'AWS:SourceAccount': account },
          ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::uploads' },
        },
      },
      {
        Sid: 'two',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::444455556666:root' },
        Action: 'lambda:InvokeFunction',
        Resource: arn,
      },
    ]);
  });

  it('of an alias is another one, on the alias', async () => {
    await add({ Qualifier: 'live', FunctionUrlAuthType: 'NONE', Action: 'lambda:InvokeFunctionUrl' });
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(JSON.parse((await get('live')).Policy ?? '').Statement[0]).toMatchObject({
      Resource: `${arn}:live`,
      Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
    });
  });

  it('is changed under its revision only, which every change changes', async () => {
    await add({});
    const { RevisionId } = await get();
    await add({ StatementId: 'two', RevisionId });
    await expect(remove({ RevisionId })).rejects.toMatchObject({ name: 'PreconditionFailedException' });
    await remove({ RevisionId: (await get()).RevisionId });
    expect(JSON.parse((await get()).Policy ?? '').Statement).toHaveLength(1);
  });

  it.each([
    ['a second statement of the same id', () => add({}).then(() => add({})), 'ResourceConflictException'],
    ['the removal of what is not there', () => remove(), 'ResourceNotFoundException'],
    ['a principal that is none', () => add({ Principal: 'bob' }), 'InvalidParameterValueException'],
    ['an id that is none', () => add({ StatementId: 'a b' }), 'InvalidParameterValueException'],
  ])('refuses %s', async (_, attempt, name) => {
    await expect(attempt()).rejects.toMatchObject({ name });
  });
});

it('ListTags and ListEventSourceMappings tell what belongs to the function', async () => {
  const { Tags } = await client.send(new lambda.ListTagsCommand({ Resource: arn }));
  expect(Tags).toEqual({ team: 'shop' });
  const mappings = await client.send(new lambda.ListEventSourceMappingsCommand({ FunctionName: arn }));
  expect(mappings.EventSourceMappings).toMatchObject([{ FunctionArn: arn, State: 'Enabled' }]);
  const none = await client.send(new lambda.ListEventSourceMappingsCommand({ FunctionName: 'warm' }));
  expect(none.EventSourceMappings).toEqual([]);
});

it('refuses whom IAM does not allow', async () => {
  const attempt = clientOf(stolen).send(
    new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
  );
  await expect(attempt).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it('CloudTrail records a change under the name that Lambda gives it', async () => {
  await client.send(
    new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
  );
  expect(fixture.cloud.account(account).events.at(-1)).toMatchObject({
    eventName: 'PutFunctionConcurrency20171031',
    eventSource: 'lambda.amazonaws.com',
    requestParameters: { functionName: 'checkout', reservedConcurrentExecutions: 0 },
    readOnly: false,
  });
});
