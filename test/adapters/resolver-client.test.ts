import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ResolverClient } from '../../functions/resolver/client.ts';
import * as commands from '../../functions/resolver/commands.ts';
import { endpointOf } from '../../functions/resolver/endpoint.ts';

/**
 * Bodies as @aws-sdk/client-route53resolver 3.654.0 sent them for the same inputs, recorded at a local endpoint. It is too
 * old for the SDK that is used here.
 */
const RECORDED: readonly (readonly [command: object, operation: string, body: string])[] = [
  [new commands.ListFirewallDomainListsCommand({}), 'ListFirewallDomainLists', '{}'],
  [
    new commands.ListFirewallDomainListsCommand({ MaxResults: 100, NextToken: 'n"1' }),
    'ListFirewallDomainLists',
    '{"MaxResults":100,"NextToken":"n\\"1"}',
  ],
  [
    new commands.GetFirewallDomainListCommand({ FirewallDomainListId: 'rslvr-fdl-1' }),
    'GetFirewallDomainList',
    '{"FirewallDomainListId":"rslvr-fdl-1"}',
  ],
  [
    new commands.ListFirewallDomainsCommand({
      FirewallDomainListId: 'rslvr-fdl-1',
      MaxResults: 5000,
      NextToken: undefined,
    }),
    'ListFirewallDomains',
    '{"FirewallDomainListId":"rslvr-fdl-1","MaxResults":5000}',
  ],
  [
    new commands.UpdateFirewallDomainsCommand({
      FirewallDomainListId: 'rslvr-fdl-1',
      Operation: 'ADD',
      Domains: ['c2.example.com'],
    }),
    'UpdateFirewallDomains',
    '{"FirewallDomainListId":"rslvr-fdl-1","Operation":"ADD","Domains":["c2.example.com"]}',
  ],
  [
    new commands.ListFirewallRuleGroupAssociationsCommand({ Status: 'COMPLETE', VpcId: 'vpc-1' }),
    'ListFirewallRuleGroupAssociations',
    '{"Status":"COMPLETE","VpcId":"vpc-1"}',
  ],
  [
    new commands.ListFirewallRulesCommand({
      FirewallRuleGroupId: 'rslvr-frg-1',
      Action: 'BLOCK',
      MaxResults: 100,
    }),
    'ListFirewallRules',
    '{"FirewallRuleGroupId":"rslvr-frg-1","Action":"BLOCK","MaxResults":100}',
  ],
  [new commands.ListResolverRulesCommand({ MaxResults: 100 }), 'ListResolverRules', '{"MaxResults":100}'],
  [
    new commands.ListTagsForResourceCommand({
      ResourceArn: 'arn:aws:route53resolver:eu-west-1:111122223333:firewall-domain-list/rslvr-fdl-1',
    }),
    'ListTagsForResource',
    '{"ResourceArn":"arn:aws:route53resolver:eu-west-1:111122223333:firewall-domain-list/rslvr-fdl-1"}',
  ],
];

interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let seen: Seen[] = [];
let answers: { readonly status: number; readonly body: object }[] = [];
let client: ResolverClient;
const { AWS_ENDPOINT_URL } = process.env;
const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
  const body = Buffer.concat(await request.toArray()).toString();
  seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
  const { status, body: answer } = answers.shift() ?? { status: 200, body: {} };
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r-1' });
  response.end(JSON.stringify(answer));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new ResolverClient({
    region: 'eu-west-1',
    maxAttempts: 2,
    retryMode: 'adaptive',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example', sessionToken: 'session' },
  });
});
beforeEach(() => {
  seen = [];
  answers = [];
});
afterAll(() => {
  if (AWS_ENDPOINT_URL === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = AWS_ENDPOINT_URL;
  client.destroy();
  server.close();
});

test.each(RECORDED)('%# is sent as the published client sends it', async (command, operation, body) => {
  await client.send(command as commands.ListResolverRulesCommand);
  const [request] = seen;
  expect(request?.line).toBe('POST /');
  expect(request?.headers).toMatchObject({
    'x-amz-target': `Route53Resolver.${operation}`,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-security-token': 'session',
    'x-amz-content-sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
    authorization: expect.stringContaining('/eu-west-1/route53resolver/aws4_request, '),
  });
  // In which order an object's members stand means nothing.
  expect(JSON.parse(request?.body ?? '')).toEqual(JSON.parse(body));
});

test('an answer is read as the service’s model has it, and what nobody knows is passed over', async () => {
  const list = { Id: 'rslvr-fdl-1', Name: 'ours', DomainCount: 2, Status: 'UPDATING', CreationTime: 'now' };
  answers = [{ status: 200, body: { FirewallDomainList: list, New: true } }];
  const answer = await client.send(
    new commands.GetFirewallDomainListCommand({ FirewallDomainListId: 'rslvr-fdl-1' }),
  );
  const { CreationTime: _, ...known } = list;
  expect(answer.FirewallDomainList).toEqual(known);
  expect(answer.$metadata).toMatchObject({ httpStatusCode: 200, requestId: 'r-1', attempts: 1 });
});

test.each([
  { __type: 'ConflictException', Message: 'busy' },
  { __type: 'com.amazonaws.route53resolver#ConflictException', Message: 'busy' },
  { __type: 'ConflictException', message: 'busy' },
])('an error has its code as its name: %j', async (body) => {
  answers = [{ status: 400, body }];
  const failed = client.send(new commands.ListResolverRulesCommand({}));
  await expect(failed).rejects.toBeInstanceOf(Error);
  await expect(failed).rejects.toMatchObject({ name: 'ConflictException', message: 'busy' });
  expect(seen).toHaveLength(1);
});

test.each([
  { status: 400, body: { __type: 'ThrottlingException', Message: 'slow down' } },
  { status: 500, body: { __type: 'InternalServiceErrorException', Message: 'oh' } },
])('what passes by itself is tried again: $body.__type', async (answer) => {
  answers = [answer];
  const { $metadata } = await client.send(new commands.ListResolverRulesCommand({}));
  expect($metadata.attempts).toBe(2);
});

/** As the published client resolves them, but for the European partition, which it does not know. */
test.each([
  [{ Region: 'eu-west-1' }, 'https://route53resolver.eu-west-1.amazonaws.com/'],
  [{ Region: 'eu-west-1', UseFIPS: true }, 'https://route53resolver-fips.eu-west-1.amazonaws.com/'],
  [{ Region: 'eu-west-1', UseDualStack: true }, 'https://route53resolver.eu-west-1.api.aws/'],
  [{ Region: 'cn-north-1' }, 'https://route53resolver.cn-north-1.amazonaws.com.cn/'],
  [{ Region: 'us-gov-west-1', UseFIPS: true }, 'https://route53resolver.us-gov-west-1.amazonaws.com/'],
  [
    { Region: 'us-gov-west-1', UseFIPS: true, UseDualStack: true },
    'https://route53resolver-fips.us-gov-west-1.api.aws/',
  ],
  [{ Region: 'eusc-de-east-1' }, 'https://route53resolver.eusc-de-east-1.amazonaws.eu/'],
  [{ Region: 'eu-west-1', Endpoint: 'http://127.0.0.1:9/' }, 'http://127.0.0.1:9/'],
])('%j is answered at %s', (parameters, url) => {
  expect(endpointOf(parameters).url.href).toBe(url);
});

test.each([
  [{}, /Missing Region/],
  [{ Endpoint: 'http://127.0.0.1:9/', UseFIPS: true }, /custom endpoint/],
])('%j is nowhere', (parameters, message) => {
  expect(() => endpointOf(parameters)).toThrow(message);
});
