import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedPost } from '../../cli/signed-post.ts';
import { startCloud } from '../../sandbox/cloud.ts';
import { readCloudFile } from '../../sandbox/state-folder.ts';
import { type Assembly, region, type SmallCloud, smallAssembly, startSmall } from './cloud/fixture.ts';

let assembly: Assembly;
let small: SmallCloud;

beforeAll(async () => {
  assembly = await smallAssembly((resources) => {
    // The machine's role stands for whoever invokes functions in these tests.
    const role = resources.MachineRole as {
      Properties: { Policies: { PolicyDocument: { Statement: object[] } }[] };
    };
    role.Properties.Policies[0]?.PolicyDocument.Statement.push({
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: '*',
    });
  });
  small = await startSmall(assembly);
});
afterAll(async () => {
  await small.cloud.stop();
  assembly.remove();
});

interface HttpEvent {
  readonly rawPath: string;
  readonly cookies?: string[];
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly pathParameters?: Record<string, string>;
  readonly queryStringParameters?: Record<string, string>;
  readonly requestContext: { readonly authorizer?: { jwt?: { claims: object }; iam?: { userArn: string } } };
}

describe('the console’s API', () => {
  it('hands a request over in payload format 2.0 and gives the answer back', async () => {
    const response = await fetch(`${small.cloud.consoleUrl}/pages/x%20y?a=1&a=2`, {
      headers: { cookie: 'k=v; l=w' },
    });
    const event = (await response.json()) as HttpEvent;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /pages/{id}',
      rawPath: '/pages/x y',
      cookies: ['k=v', 'l=w'],
      queryStringParameters: { a: '1,2' },
      isBase64Encoded: false,
    });
    expect(event.requestContext.authorizer).toBeUndefined();
    expect(response.headers.getSetCookie()).toEqual(['a=1']);
  });

  it('answers 404 where the template has no route, and 401 where a JWT is wanted', async () => {
    expect((await fetch(`${small.cloud.consoleUrl}/elsewhere`)).status).toBe(404);
    expect((await fetch(`${small.cloud.consoleUrl}/pages/1`, { method: 'POST' })).status).toBe(401);
  });

  it('knows the demo approver after sign-in, by claims that no header can set', async () => {
    const { consoleUrl } = small.cloud;
    const signIn = await fetch(`${consoleUrl}/sandbox/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ return: '/pages/1' }),
    });
    expect([signIn.status, signIn.headers.get('location')]).toEqual([303, '/pages/1']);
    const [cookie = ''] = signIn.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    for (const header of [cookie.split(';')[0] ?? '', small.cloud.signIn()]) {
      const response = await fetch(`${consoleUrl}/pages/1`, {
        method: 'POST',
        headers: { cookie: header },
        body: 'a=b',
      });
      const event = (await response.json()) as HttpEvent;
      expect(event.requestContext.authorizer?.jwt?.claims).toEqual({
        iss: `${consoleUrl}/sandbox`,
        sub: 'demo-approver',
        email: 'demo-approver@example.com',
        name: 'Demo Approver',
      });
    }
    const forged = await fetch(`${consoleUrl}/pages/1`, {
      method: 'POST',
      headers: { cookie: 'sallyport-sandbox-session=guess' },
    });
    expect(forged.status).toBe(401);
  });

  it('does not sign in for a form of another site, nor send anyone elsewhere', async () => {
    const post = (headers: Record<string, string>, to: string) =>
      fetch(`${small.cloud.consoleUrl}/sandbox/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        headers,
        body: new URLSearchParams({ return: to }),
      });
    expect((await post({ 'sec-fetch-site': 'cross-site' }, '/')).status).toBe(403);
    expect((await post({ origin: 'https://evil.example' }, '/')).status).toBe(403);
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example'])
      expect((await post({}, to)).headers.get('location')).toBe('/sandbox/sign-in');
  });

  it('lets the operator in by signature, and nobody whose role does not allow it', async () => {
    const url = new URL(`${small.cloud.consoleUrl}/api/mode`);
    const operator = await signedPost(
      url,
      {},
      { region, credentials: small.cloud.credentialsFor('operator') },
    );
    expect((operator.answer as unknown as HttpEvent).requestContext.authorizer?.iam?.userArn).toBe(
      'arn:aws:sts::111122223333:assumed-role/operator/operator',
    );
    const auditor = await signedPost(url, {}, { region, credentials: small.cloud.credentialsFor('auditor') });
    expect(auditor.status).toBe(403);
    expect((await fetch(url, { method: 'POST' })).status).toBe(403);
  });
});

describe('a function’s process', () => {
  it('sees its own variables and nothing of the machine', async () => {
    process.env.SECRET_OF_THE_MACHINE = 'yes';
    const credentials = small.cloud.credentialsFor(small.outputs.MachineRole ?? '');
    const lambda = new LambdaClient({ ...small.as('operator'), credentials } as never);
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'small-look' }));
    const { variables } = JSON.parse(Payload?.transformToString() ?? '') as { variables: string[] };
    expect(variables).toContain('LEDGER');
    expect(variables).toContain('AWS_ENDPOINT_URL');
    for (const name of ['SECRET_OF_THE_MACHINE', 'HOME', 'PATH', 'NODE_OPTIONS'])
      expect(variables).not.toContain(name);
  });
});

describe('chat and inbox', () => {
  it('a message with the secret’s token arrives and is listed; another token is refused', async () => {
    const credentials = small.cloud.credentialsFor(small.outputs.MachineRole ?? '');
    const lambda = new LambdaClient({ ...small.as('operator'), credentials } as never);
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: 'small-chat', Payload: JSON.stringify({ text: '<b>look</b>' }) }),
    );
    expect(JSON.parse(Payload?.transformToString() ?? '')).toMatchObject({ ok: true, channel: '#security' });
    expect(small.cloud.messages()).toMatchObject([{ channel: '#security', text: '<b>look</b>' }]);
    const page = await (await fetch(small.cloud.inboxUrl)).text();
    expect(page).toContain('&lt;b&gt;look&lt;/b&gt;');
    const refused = await fetch(`${small.cloud.inboxUrl}/slack/x/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-wrong', 'content-type': 'application/json' },
      body: '{"channel":"c","text":"t"}',
    });
    expect(await refused.json()).toEqual({ ok: false, error: 'invalid_auth' });
  });

  it('the door takes an event only with the key', async () => {
    const event = JSON.stringify({
      source: 'aws.guardduty',
      'detail-type': 'GuardDuty Finding',
      detail: { id: 'door' },
    });
    const post = (authorization: string) =>
      fetch(`${small.cloud.inboxUrl}/door/events`, {
        method: 'POST',
        headers: { authorization },
        body: event,
      });
    expect((await post('Bearer guess')).status).toBe(403);
    const key = readCloudFile(small.stateDirectory)?.doorKey;
    expect((await (await post(`Bearer ${key}`)).json()) as object).toMatchObject({
      rules: [expect.stringContaining('Rule')],
    });
    await small.cloud.idle();
    expect((await small.execution('door')).status).toBe('RUNNING');
    const [mail] = small.cloud.mails();
    const html = await fetch(`${small.cloud.inboxUrl}/mails/${mail?.id}/html`);
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/);
  });
});

describe('the state folder', () => {
  it('says where the running cloud is, to its owner alone, and refuses a second cloud', async () => {
    const file = join(small.stateDirectory, 'cloud.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readCloudFile(small.stateDirectory)).toMatchObject({
      pid: process.pid,
      endpoint: small.cloud.endpoint,
    });
    await expect(startSmall(assembly, { stateDirectory: small.stateDirectory })).rejects.toThrow(
      /already runs/,
    );
  });

  it('of a cloud that died is taken over', async () => {
    const stateDirectory = assembly.state();
    mkdirSync(stateDirectory, { recursive: true });
    writeFileSync(join(stateDirectory, 'lock'), '4194304');
    writeFileSync(join(stateDirectory, 'cloud.json'), JSON.stringify({ pid: 4194304 }));
    expect(readCloudFile(stateDirectory)).toBeUndefined();
    const other = await startSmall(assembly, { stateDirectory });
    await other.cloud.stop();
    expect(existsSync(join(stateDirectory, 'cloud.json'))).toBe(false);
  });

  it('refuses another seed than the one that it was first given', async () => {
    const stateDirectory = assembly.state();
    const seed = (name: string, content: object): string => {
      const directory = join(stateDirectory, '..', name);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'account.json'), JSON.stringify(content));
      return directory;
    };
    const one = seed('one', { account: '222233334444', region: 'eu-west-1' });
    const first = await startSmall(assembly, { stateDirectory, accountSeed: one });
    expect([first.cloud.account, first.cloud.region]).toEqual(['222233334444', 'eu-west-1']);
    await first.cloud.stop();
    const two = seed('two', { account: '222233334444', region: 'eu-central-1' });
    await expect(startSmall(assembly, { stateDirectory, accountSeed: two })).rejects.toThrow(/--fresh/);
    const again = await startSmall(assembly, { stateDirectory });
    expect(again.cloud.region).toBe('eu-west-1');
    await again.cloud.stop();
  });
});

describe('what cannot start', () => {
  it('says that a port is in use', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const { port } = squatter.address() as AddressInfo;
    const stateDirectory = assembly.state();
    for (const name of ['endpoint', 'console', 'inbox'])
      await expect(startSmall(assembly, { stateDirectory, ports: { [name]: port } })).rejects.toThrow(
        new RegExp(`Port ${port}, for the .*, is in use`),
      );
    squatter.close();
    expect(existsSync(join(stateDirectory, 'lock'))).toBe(false);
  });

  it.each([
    [
      'an unknown intrinsic',
      (r: Record<string, unknown>) => ({
        ...r,
        Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'x' } } },
      }),
      /Dead .*Fn::ImportValue/,
    ],
    [
      'a reference to nothing',
      (r: Record<string, unknown>) => ({
        ...r,
        Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Gone' } } },
      }),
      /Dead .*Gone, which does not exist/,
    ],
    [
      'an unknown pattern operator',
      (r: Record<string, unknown>) => ({
        ...r,
        Odd: {
          Type: 'AWS::Events::Rule',
          Properties: { EventPattern: { source: [{ cidr: '10.0.0.0/8' }] }, Targets: [] },
        },
      }),
      /Odd.EventPattern.source.*cidr/,
    ],
    [
      'an unknown condition',
      (r: Record<string, unknown>) => ({
        ...r,
        Odd: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: { Statement: [] },
            Policies: [
              {
                PolicyName: 'p',
                PolicyDocument: {
                  Statement: [
                    {
                      Effect: 'Allow',
                      Action: '*',
                      Resource: '*',
                      Condition: { BinaryEquals: { 'aws:x': 'y' } },
                    },
                  ],
                },
              },
            ],
          },
        },
      }),
      /Odd: .*BinaryEquals/,
    ],
  ])('names %s of a broken template', async (_, change, message) => {
    const template = JSON.parse(readFileSync(join(assembly.directory, 'Small.template.json'), 'utf8')) as {
      Resources: Record<string, unknown>;
    };
    writeFileSync(
      join(assembly.directory, 'Broken.template.json'),
      JSON.stringify({ ...template, Resources: change(template.Resources) }),
    );
    const broken = startCloud({
      stateDirectory: assembly.state(),
      assembly: assembly.directory,
      stackName: 'Broken',
    });
    await expect(broken).rejects.toThrow(message);
  });

  it('says that there is no template', async () => {
    const none = startCloud({ stateDirectory: assembly.state(), assembly: assembly.state() });
    await expect(none).rejects.toThrow(/Sallyport\.template\.json.*npm run synth/s);
  });
});
