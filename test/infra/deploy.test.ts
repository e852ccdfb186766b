import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assemblyDirectory } from '../../cli/assembly.ts';

const root = join(import.meta.dirname, '../..');
const ACCOUNT = '111122223333';

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  /** Parameters of an AWS Query request; empty for any other. */
  readonly query: URLSearchParams;
}

const recorded: Recorded[] = [];
let server: Server;
let output: string;

const xml = (operation: string, inside: string) =>
  `<${operation}Response><${operation}Result>${inside}</${operation}Result></${operation}Response>`;
const credentials =
  '<Credentials><AccessKeyId>ASIATEST</AccessKeyId><SecretAccessKey>test</SecretAccessKey><SessionToken>test</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>';
const failure = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

/** What an account that was bootstrapped, and never saw the stack, answers. The change set itself is refused. */
const queryAnswers: Readonly<Record<string, readonly [status: number, body: string]>> = {
  GetCallerIdentity: [
    200,
    xml('GetCallerIdentity', `<Account>${ACCOUNT}</Account><Arn>arn:aws:iam::${ACCOUNT}:user/test</Arn>`),
  ],
  AssumeRole: [200, xml('AssumeRole', credentials)],
  DescribeStacks: [400, failure('ValidationError', 'Stack with id Sallyport does not exist')],
  CreateChangeSet: [400, failure('ValidationError', 'recorded, and not carried out')],
};

beforeAll(async () => {
  server = createServer((request, response) => {
    void answer(request).then(([status, body, type]) => {
      response.writeHead(status, { 'content-type': type });
      response.end(request.method === 'HEAD' ? undefined : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-deploy-'));
  output = await deploy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, directory);
  rmSync(directory, { recursive: true });
}, 180_000);
afterAll(() => server.close());

async function answer(request: IncomingMessage): Promise<[number, string, string]> {
  const body = await buffer(request);
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const query = new URLSearchParams(form ? body.toString() : '');
  recorded.push({ method: request.method ?? '', path: request.url ?? '', body, query });
  const [status, text] = queryAnswers[query.get('Action') ?? ''] ?? [];
  if (status !== undefined && text !== undefined) return [status, text, 'text/xml'];
  if (String(request.headers['x-amz-target']).endsWith('GetParameter'))
    return [200, JSON.stringify({ Parameter: { Value: '30' } }), 'application/x-amz-json-1.1'];
  if (request.method === 'PUT') return [200, '', 'application/xml'];
  if (request.url?.includes('location'))
    return [200, '<LocationConstraint>eu-central-1</LocationConstraint>', 'application/xml'];
  if (request.url?.includes('list-type=2'))
    return [200, '<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>', 'application/xml'];
  if (request.url?.includes('encryption'))
    return [
      404,
      '<Error><Code>ServerSideEncryptionConfigurationNotFoundError</Code></Error>',
      'application/xml',
    ];
  return [404, '<Error><Code>NotFound</Code></Error>', 'application/xml'];
}

/**
 * Runs `cdk deploy` as `npm run deploy` does, on the assembly that the tests began with; it must fail, because the
 * change set is refused.
 */
function deploy(endpoint: string, directory: string): Promise<string> {
  const environment = {
    PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
    HOME: directory,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CI: 'true',
  };
  const flags = ['deploy', '--require-approval', 'never', '--no-notices', '--app', assemblyDirectory];
  return new Promise((resolve) => {
    execFile('cdk', flags, { cwd: root, env: environment, maxBuffer: 1e8 }, (_error, stdout, stderr) =>
      resolve(`${stdout}${stderr}`),
    );
  });
}

it('cdk deploy uploads the bundles and the template, and asks CloudFormation for a change set', () => {
  const [changeSet] = recorded.filter(({ query }) => query.get('Action') === 'CreateChangeSet');
  expect(changeSet, output).toBeDefined();
  expect(changeSet?.query.get('StackName')).toBe('Sallyport');
  expect(changeSet?.query.get('ChangeSetType')).toBe('CREATE');
  const uploads = recorded.filter(({ method }) => method === 'PUT');
  expect(uploads.filter(({ path }) => /\.zip/.test(path)).length).toBeGreaterThanOrEqual(13);
  const templateUrl = new URL(changeSet?.query.get('TemplateURL') ?? '');
  const template = uploads.find(({ path }) =>
    path.split('?')[0]?.endsWith(templateUrl.pathname.split('/').at(-1) ?? '-'),
  );
  expect(template?.body.toString()).toContain('sallyport-incident');
});
