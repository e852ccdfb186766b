import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { actions } from '../../functions/actions/registry.gen.ts';
import { families, remediationState } from '../../functions/core/family.ts';
import { exhibits } from '../../functions/exhibits/registry.gen.ts';
import {
  asList,
  committedTemplate,
  type RoleInTemplate,
  type Statement,
  statementsOf,
  synthesize,
  type Template,
} from './template.ts';

let template: Template;
let roles: RoleInTemplate[];
let ledger: string;

beforeAll(async () => {
  template = await committedTemplate();
  roles = template.roles();
  ledger = `<${template.idOf('AWS::DynamoDB::Table', 'Ledger')}.Arn>`;
});

const allows = (statement: Statement) => statement.Effect === 'Allow';
const does = (statement: Statement, action: string) =>
  allows(statement) && asList(statement.Action).includes(action);
const nameless = ({ name }: RoleInTemplate) => name.replace(/^sallyport-|-eu-central-1$/g, '');
const holders = (test: (statement: Statement) => boolean) =>
  roles
    .filter(({ statements }) => statements.some(test))
    .map(nameless)
    .sort();

/** What docs/spine.md says that each function appends to. */
function appendsInSpine(): Map<string, string[]> {
  const page = readFileSync(new URL('../../docs/spine.md', import.meta.url), 'utf8');
  const [, table = ''] = page.split('| name | called by | ledger writes | also |');
  const rows = (table.split('\n\n')[0] ?? '').split('\n').filter((row) => /^\| [a-z]/.test(row));
  return new Map(
    rows.flatMap((row) => {
      const [, names = '', , writes = ''] = row.split('|');
      const partitions = [...writes.matchAll(/`([^`]+)`/g)].map(([, partition = '']) => partition);
      return names.split(',').map((name) => [name.trim(), partitions] as const);
    }),
  );
}

describe('the ledger', () => {
  it('is appended to by each function exactly as docs/spine.md says', () => {
    const given = roles
      .filter(({ trust }) => asList(trust[0]?.Principal?.Service).includes('lambda.amazonaws.com'))
      .map((role) => [nameless(role), role.statements.flatMap(appended)] as const);
    expect(new Map(given)).toEqual(appendsInSpine());
  });

  it('gives no role two chains of an incident', () => {
    for (const { statements } of roles) {
      const chains = statements.flatMap(appended).filter((partition) => partition.startsWith('INC-'));
      expect(chains.length).toBeLessThanOrEqual(1);
    }
  });

  it('gives nobody anything but reading and inserting', () => {
    for (const role of roles) {
      const { name, statements } = role;
      const allowed = [...LEDGER_ACTIONS, ...(nameless(role) === 'project' ? ['dynamodb:Scan'] : [])];
      const held = statements
        .filter((one) => allows(one) && asList(one.Resource).includes(ledger))
        .flatMap((one) => asList(one.Action));
      expect(
        held.filter((action) => !allowed.includes(action)),
        name,
      ).toEqual([]);
      const anywhere = statements
        .filter(
          (one) => allows(one) && asList(one.Resource).some((resource) => /^\*$|:dynamodb:/.test(resource)),
        )
        .flatMap((one) => asList(one.Action))
        .filter((action) => action.startsWith('dynamodb:'));
      expect(
        anywhere.filter((action) => action !== 'dynamodb:ListStreams'),
        name,
      ).toEqual([]);
    }
  });

  it('refuses every overwrite by its own policy, whoever asks', () => {
    const policy = template.ofType('AWS::DynamoDB::Table').get(ledger.slice(1, -5))?.ResourcePolicy;
    const [overwrite, govern] = (policy as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument
      .Statement;
    expect(overwrite).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' } });
    expect(overwrite?.Condition).toBeUndefined();
    expect(overwrite?.Action).toEqual(expect.arrayContaining(OVERWRITES));
    expect(govern).toMatchObject({
      Effect: 'Deny',
      Condition: {
        ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/cdk-*-cfn-exec-role-*' },
      },
    });
    expect(govern?.Action).toEqual(
      expect.arrayContaining(['dynamodb:PutResourcePolicy', 'dynamodb:DeleteResourcePolicy']),
    );
  });
});

describe('what strangers reach', () => {
  it('can put a message into one queue and read the senders’ secrets, and neither reads nor writes anything else', () => {
    const intake = roles.find((role) => nameless(role) === 'intake');
    const powers = (intake?.statements ?? []).map(({ Effect, Action, Resource, Condition }) => [
      Effect,
      asList(Action),
      asList(Resource),
      Condition,
    ]);
    const secret = (sender: string) =>
      `arn:aws:secretsmanager:eu-central-1:111122223333:secret:sallyport/webhook/${sender}-??????`;
    expect(powers).toEqual([
      [
        'Allow',
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        [expect.stringMatching(/WebhookFunctionLog/)],
        undefined,
      ],
      ['Allow', ['sqs:SendMessage'], [expect.stringMatching(/Webhookwebhook/)], undefined],
      ['Allow', ['secretsmanager:GetSecretValue'], [secret('elastic'), secret('wazuh')], undefined],
    ]);
  });

  it('alone puts messages into its queue, from which only the webhook’s events are taken', () => {
    const [queue] = [...template.ofType('AWS::SQS::Queue')].find(
      ([, { QueueName }]) => QueueName === 'sallyport-webhook',
    ) ?? [''];
    const sends = (statement: Statement) =>
      does(statement, 'sqs:SendMessage') && asList(statement.Resource).includes(`<${queue}.Arn>`);
    expect(holders(sends)).toEqual(['intake']);
    const mappings = [...template.ofType('AWS::Lambda::EventSourceMapping').values()];
    const taken = mappings.find(({ EventSourceArn }) => EventSourceArn === `<${queue}.Arn>`);
    const pattern = { body: { source: ['sallyport.webhook'], 'detail-type': ['Webhook Finding'] } };
    expect(taken?.FilterCriteria).toEqual({ Filters: [{ Pattern: JSON.stringify(pattern) }] });
  });
});

describe('changing an account', () => {
  it('takes a role of its own per action, that only the function of its family may take, for an incident', () => {
    for (const action of actions) {
      const role = roles.find(({ name }) => name === `sallyport-action-${action.id}-eu-central-1`);
      expect(role?.trust.flatMap((one) => asList(one.Action)).sort(), action.id).toEqual([
        'sts:AssumeRole',
        'sts:SetSourceIdentity',
      ]);
      for (const { Principal, Condition } of role?.trust ?? []) {
        const id = template.idOf('AWS::IAM::Role', `Remediation${remediationState(action.family)}Role`);
        expect(Principal).toEqual({ AWS: `<${id}.Arn>` });
        expect(Condition).toEqual({ StringLike: { 'sts:SourceIdentity': 'INC-*' } });
      }
    }
  });

  it('is reached by the remediating functions alone', () => {
    const takesActions = (statement: Statement) =>
      does(statement, 'sts:AssumeRole') &&
      asList(statement.Resource).some((arn) => arn.includes('/sallyport-action-'));
    expect(holders(takesActions)).toEqual(
      families
        .filter((family) => actions.some((action) => action.family === family))
        .map((family) => `remediate-${family}`),
    );
  });

  it('gives each remediating function the roles of its own family', () => {
    for (const family of families) {
      const role = roles.find((one) => nameless(one) === `remediate-${family}`);
      const targets = role?.statements
        .filter((one) => does(one, 'sts:AssumeRole'))
        .flatMap((one) => asList(one.Resource));
      const ids = actions.filter((action) => action.family === family).map(({ id }) => id);
      expect(targets?.toSorted()).toEqual(
        ids
          .map((id) => `arn:aws:iam::111122223333:role/sallyport/sallyport-action-${id}-eu-central-1`)
          .sort(),
      );
    }
  });

  it('is kept away from what Sallyport stands on by a boundary', () => {
    const [boundary] = template.ofType('AWS::IAM::ManagedPolicy').values();
    const denied = statementsOf(boundary?.PolicyDocument).filter((one) => one.Effect === 'Deny');
    expect(denied.flatMap((one) => asList(one.Resource))).toEqual(
      expect.arrayContaining([
        ledger,
        'arn:aws:iam::111122223333:role/sallyport/*',
        'arn:aws:iam::111122223333:policy/sallyport/*',
        'arn:aws:lambda:eu-central-1:111122223333:function:sallyport-*',
        'arn:aws:states:eu-central-1:111122223333:stateMachine:sallyport-incident',
      ]),
    );
    const id = template.idOf('AWS::IAM::ManagedPolicy', 'Remediation');
    for (const role of roles.filter(({ name }) => name.startsWith('sallyport-action-')))
      expect(role.boundary).toBe(`<${id}>`);
  });

  it('is kept away from the chat’s token, which could be rotated like any other secret', async () => {
    const chatting = await synthesize({ slack: { channel: 'C0123', secretName: 'chat' } });
    const [boundary] = chatting.ofType('AWS::IAM::ManagedPolicy').values();
    const denied = statementsOf(boundary?.PolicyDocument).filter((one) => one.Effect === 'Deny');
    expect(denied.flatMap((one) => asList(one.Resource))).toContain(
      'arn:aws:secretsmanager:eu-central-1:111122223333:secret:chat-??????',
    );
  });
});

describe('keeping evidence', () => {
  const bucket = () => `<${template.idOf('AWS::S3::Bucket', 'EvidenceStore')}.Arn>`;
  const key = () => `<${template.idOf('AWS::KMS::Key', 'EvidenceStore')}.Arn>`;
  const touching = (resource: string) => (statement: Statement) =>
    allows(statement) && asList(statement.Resource).some((one) => one.startsWith(resource));

  it('is for one role alone, which may write new files and sign, and no more', () => {
    expect(holders(touching(bucket()))).toEqual(['collect']);
    expect(holders(touching(key()))).toEqual(['collect']);
    const collect = roles.find((role) => nameless(role) === 'collect')?.statements ?? [];
    expect(collect.filter(touching(bucket()))).toMatchObject([
      { Action: 's3:PutObject', Resource: `${bucket()}/evidence/*` },
    ]);
    expect(collect.filter(touching(key()))).toMatchObject([{ Action: 'kms:Sign', Resource: key() }]);
  });

  it('reads through a role with the permissions of the exhibits, and has no other power over the account', () => {
    const collect = roles.find((role) => nameless(role) === 'collect')?.statements ?? [];
    const own = [ledger, bucket(), key(), '<Ledger'];
    const beyond = collect
      .filter((one) => allows(one) && !asList(one.Resource).some((resource) => isOwn(resource, own)))
      .filter((one) => !asList(one.Action).every((action) => /^(logs|kms):/.test(action)));
    expect(beyond).toMatchObject([
      {
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Resource: expect.stringMatching(/role\/sallyport\/sallyport-evidence-reader-eu-central-1$/),
      },
    ]);
    const reader = roles.find((role) => nameless(role) === 'evidence-reader')?.statements ?? [];
    const declared = exhibits.flatMap(({ permissions }) => permissions.flatMap(({ actions: all }) => all));
    expect([...new Set(reader.flatMap((one) => asList(one.Action)))].sort()).toEqual(
      [...new Set(declared)].sort(),
    );
  });

  it('is out of reach of every action', () => {
    const [boundary] = template.ofType('AWS::IAM::ManagedPolicy').values();
    const denied = statementsOf(boundary?.PolicyDocument).filter((one) => one.Effect === 'Deny');
    expect(denied.flatMap((one) => asList(one.Resource))).toEqual(
      expect.arrayContaining([bucket(), `${bucket()}/*`, key()]),
    );
  });
});

describe('threat intelligence', () => {
  const bucket = () => `<${template.idOf('AWS::S3::Bucket', 'FeedStore')}.Arn>`;
  const touching = (action: string, path: string) => (statement: Statement) =>
    does(statement, action) && asList(statement.Resource).includes(`${bucket()}/${path}`);

  it('is compiled by one function, which reads the feeds and writes one file', () => {
    expect(holders(touching('s3:GetObject', 'feeds/*'))).toEqual(['compile-intelligence']);
    expect(holders(touching('s3:PutObject', 'compiled/lookup'))).toEqual(['compile-intelligence']);
    expect(holders(touching('s3:GetObject', 'compiled/lookup'))).toEqual([
      'compile-intelligence',
      'investigate',
      'triage',
    ]);
  });

  it('is compiled by nobody else, whatever IAM allows', () => {
    const policy = [...template.ofType('AWS::S3::BucketPolicy').values()].find(({ Bucket }) =>
      JSON.stringify(Bucket).includes('FeedStore'),
    );
    expect(statementsOf(policy?.PolicyDocument)).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Resource: `${bucket()}/compiled/*`,
        Action: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'],
      }),
    );
  });

  it('is the only one that puts findings into the queue by itself', () => {
    expect(
      holders(
        (one) => does(one, 'sqs:SendMessage') && JSON.stringify(one.Resource).includes('Intakefindings'),
      ),
    ).toEqual(['compile-intelligence']);
    const rules = [...template.ofType('AWS::Events::Rule').values()].map(({ EventPattern }) => EventPattern);
    expect(JSON.stringify(rules)).not.toContain('"sallyport"');
  });

  it('is out of reach of every action', () => {
    const [boundary] = template.ofType('AWS::IAM::ManagedPolicy').values();
    const denied = statementsOf(boundary?.PolicyDocument).filter((one) => one.Effect === 'Deny');
    expect(denied.flatMap((one) => asList(one.Resource))).toEqual(
      expect.arrayContaining([bucket(), `${bucket()}/*`]),
    );
  });
});

describe('what else is power', () => {
  it('opens task tokens to the console and to what wakes, and seals them where they are made', () => {
    const direct = (action: string) => (statement: Statement) =>
      does(statement, action) && !statement.Condition;
    expect(holders(direct('kms:Decrypt'))).toEqual(['console', 'wake']);
    expect(holders(direct('kms:Encrypt'))).toEqual(['hold-lease', 'request-approval']);
  });

  it('lets a waiting execution be answered by who opens or seals its token, and nobody read the history that shows it', () => {
    expect(holders((one) => does(one, 'states:SendTaskSuccess'))).toEqual([
      'console',
      'hold-lease',
      'request-approval',
      'wake',
    ]);
    expect(holders((one) => asList(one.Action).some((action) => /GetExecutionHistory/.test(action)))).toEqual(
      [],
    );
  });

  it('keeps every function to its own items of the coordination table', () => {
    const coordination = `<${template.idOf('AWS::DynamoDB::Table', 'Coordination')}.Arn>`;
    const writing = Object.fromEntries(
      roles.flatMap((role) => {
        const keys = role.statements
          .filter((one) => does(one, 'dynamodb:PutItem') && asList(one.Resource).includes(coordination))
          .flatMap(leadingKeys);
        return keys.length > 0 ? [[nameless(role), keys]] : [];
      }),
    );
    expect(writing).toEqual({
      ingest: ['claim#*'],
      'request-approval': ['token#*', 'link#*'],
      'hold-lease': ['token#*'],
      wake: ['token#*'],
      ...Object.fromEntries(families.map((family) => [`remediate-${family}`, ['lock#*', 'budget#*']])),
      console: ['mode', 'token#*', 'form-key'],
      project: ['incident', 'entity#*', 'observed'],
    });
  });

  it('is refused where a request names no key at all', () => {
    const keyed = roles.flatMap(({ statements }) => statements).filter((one) => leadingKeys(one).length > 0);
    expect(keyed.length).toBeGreaterThan(10);
    for (const { Condition } of keyed) expect(Condition?.Null).toEqual({ 'dynamodb:LeadingKeys': 'false' });
  });

  it('names every action: no role is allowed a pattern of them', () => {
    for (const { name, statements } of roles)
      expect(
        statements
          .filter(allows)
          .flatMap((one) => asList(one.Action))
          .filter((action) => /[*?]/.test(action)),
        name,
      ).toEqual([]);
  });

  it('fits into the inline policies of its role, so that no managed policy takes what is too much', () => {
    expect([...template.ofType('AWS::IAM::ManagedPolicy').values()]).toHaveLength(1);
    for (const { name, statements } of roles)
      expect(JSON.stringify(statements).length, name).toBeLessThan(10_240);
  });

  it('never collides with the same stack in another region of the account', () => {
    for (const { name, path } of roles) {
      expect(name).toMatch(/^[\w+=,.@-]{1,64}$/);
      expect(name.endsWith('-eu-central-1')).toBe(true);
      expect(path).toBe('/sallyport/');
    }
    for (const { ManagedPolicyName } of template.ofType('AWS::IAM::ManagedPolicy').values())
      expect(String(ManagedPolicyName).endsWith('-eu-central-1')).toBe(true);
  });
});

const LEDGER_ACTIONS = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PartiQLInsert'];
const OVERWRITES = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
  'dynamodb:UpdateTimeToLive',
];

function isOwn(resource: string, own: readonly string[]): boolean {
  return own.some((one) => resource.startsWith(one));
}

function leadingKeys({ Condition }: Statement): readonly string[] {
  return asList(Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']);
}

function appended(statement: Statement): readonly string[] {
  return does(statement, 'dynamodb:PartiQLInsert') ? leadingKeys(statement) : [];
}
