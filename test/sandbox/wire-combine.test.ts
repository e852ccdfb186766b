import * as lambda from '@aws-sdk/client-lambda';
import { InvokeCommand, LambdaClient, ListTagsCommand } from '@aws-sdk/client-lambda';
import { afterAll, expect, it } from 'vitest';
import { combineServices } from '../../sandbox/wire/combine.ts';
import { startWireServer } from '../../sandbox/wire/server.ts';
import { operation, type Service } from '../../sandbox/wire/service.ts';

const servers: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

const serviceWith = (name: string, reply: object, more: Partial<Service> = {}): Service => ({
  signingName: 'lambda',
  protocol: 'restJson1',
  schemas: lambda,
  operations: { [name]: operation({ requires: () => [], handle: () => reply }) },
  ...more,
});
const tags = serviceWith('ListTags', { Tags: { team: 'shop' } });

it('two services of one signing name answer at one endpoint, each its own operations', async () => {
  const server = await startWireServer({
    services: combineServices([tags, serviceWith('Invoke', { StatusCode: 202 })]),
    identify: () => ({
      arn: 'arn:aws:iam::111122223333:user/any',
      account: '111122223333',
      accessKeyId: 'any',
    }),
    authorize: () => ({ allowed: true }),
  });
  servers.push(server);
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const client = new LambdaClient({ endpoint: server.endpoint, region: 'eu-west-1', credentials });
  expect((await client.send(new ListTagsCommand({ Resource: 'arn' }))).Tags).toEqual({ team: 'shop' });
  expect((await client.send(new InvokeCommand({ FunctionName: 'any' }))).StatusCode).toBe(202);
});

it('the same operation twice is refused, and so are two protocols under one name', () => {
  expect(() => combineServices([tags, tags])).toThrow('two services answer lambda:ListTags');
  const other = serviceWith('Invoke', {}, { protocol: 'awsJson1_1' });
  expect(() => combineServices([tags, other])).toThrow('cannot share an endpoint');
});
