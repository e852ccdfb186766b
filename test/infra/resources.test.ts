import { beforeAll, describe, expect, it } from 'vitest';
import { type ReviewedDocument, reviewedDocuments } from '../../functions/core/reviewed-documents.ts';
import { sources } from '../../functions/sources/registry.gen.ts';
import { compilePattern } from '../../sandbox/services/patterns.ts';
import { committedTemplate, statementsOf, synthesize, type Template } from './template.ts';

let template: Template;
beforeAll(async () => {
  template = await committedTemplate();
});

const propertiesOf = (type: string, prefix: string) =>
  template.ofType(type).get(template.idOf(type, prefix)) ?? {};

describe('findings', () => {
  it('come from GuardDuty and Security Hub into one queue, and what cannot be delivered is kept', () => {
    const rules = ['Intakeguardduty', 'Intakesecurityhub0', 'Intakesecurityhubv2'].map((id) =>
      propertiesOf('AWS::Events::Rule', id),
    );
    const imported = 'Security Hub Findings - Imported';
    const sentByHand = 'Security Hub Findings - Custom Action';
    expect(rules.map(({ EventPattern }) => EventPattern)).toEqual([
      { source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'] },
      { source: ['aws.securityhub'], 'detail-type': [imported, sentByHand] },
      { source: ['aws.securityhub'], 'detail-type': ['Findings Imported V2'] },
    ]);
    for (const { Targets } of rules)
      expect(Targets).toMatchObject([{ Arn: expect.stringMatching(/Intakefindings/), DeadLetterConfig: {} }]);
  });

  it('of every kind that a source parses are let through by a rule', () => {
    const rules = [...template.ofType('AWS::Events::Rule').values()].map(({ EventPattern }) => EventPattern);
    for (const { eventPatterns } of sources)
      for (const { source, detailType, detail } of eventPatterns)
        expect(rules).toContainEqual({ source, 'detail-type': detailType, ...(detail && { detail }) });
  });

  it('that Security Hub tells better, and alarms that are none, are left on the bus', () => {
    const { EventPattern: ofConfig } = propertiesOf('AWS::Events::Rule', 'Intakeconfig');
    const { EventPattern: ofAlarms } = propertiesOf('AWS::Events::Rule', 'Intakecloudwatchalarm');
    const compliance = (rule: string) => ({
      source: 'aws.config',
      'detail-type': 'Config Rules Compliance Change',
      detail: { configRuleARN: `arn:aws:config:eu-central-1:111122223333:config-rule/${rule}` },
    });
    const alarm = (alarmName: string) => ({
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      detail: { alarmName },
    });
    const taken = (pattern: unknown, event: unknown) => compilePattern(pattern, 'EventPattern')(event);
    expect(taken(ofConfig, compliance('config-rule-x'))).toBe(true);
    expect(taken(ofConfig, compliance('aws-service-rule/securityhub.amazonaws.com/config-rule-x'))).toBe(
      false,
    );
    expect(taken(ofAlarms, alarm('security-finding-logins'))).toBe(true);
    expect(taken(ofAlarms, alarm('sallyport-dead-letters'))).toBe(false);
  });

  it('are delivered again one by one, and put aside after five times', () => {
    const mapping = propertiesOf(
      'AWS::Lambda::EventSourceMapping',
      'IntakeIngestSqsEventSourceSallyportIntakefindings',
    );
    expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    const queues = [...template.ofType('AWS::SQS::Queue').values()];
    const findings = queues.find(({ QueueName }) => QueueName === 'sallyport-findings');
    expect(findings?.RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
    const ingest = propertiesOf('AWS::Lambda::Function', 'IntakeIngest');
    expect(Number(findings?.VisibilityTimeout)).toBeGreaterThanOrEqual(6 * Number(ingest.Timeout));
  });

  it('wait in queues that are encrypted and reached by TLS alone', () => {
    for (const { SqsManagedSseEnabled } of template.ofType('AWS::SQS::Queue').values())
      expect(SqsManagedSseEnabled).toBe(true);
    const policies = [...template.ofType('AWS::SQS::QueuePolicy').values()];
    expect(policies.length).toBe(template.ofType('AWS::SQS::Queue').size);
    for (const { PolicyDocument } of policies)
      expect(statementsOf(PolicyDocument)).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
  });
});

it('the documents that may be run on an instance are deployed as they were reviewed, with their inverses', () => {
  const deployed = [...template.ofType('AWS::SSM::Document').values()];
  const reviewed = Object.values(reviewedDocuments).flatMap(({ run, undo }): ReviewedDocument[] => [
    run,
    undo,
  ]);
  expect(deployed).toHaveLength(reviewed.length);
  for (const { name, content } of reviewed)
    expect(deployed).toContainEqual(
      expect.objectContaining({
        Name: name,
        Content: content,
        DocumentType: 'Command',
        UpdateMethod: 'NewVersion',
      }),
    );
});

it('the list of blocked domains is deployed under the tag that roles know it by, and names no domains to set back', () => {
  expect([...template.ofType('AWS::Route53Resolver::FirewallDomainList').values()]).toEqual([
    {
      Name: 'sallyport-blocked-domains',
      Tags: expect.arrayContaining([{ Key: 'sallyport:action', Value: 'block-domain' }]),
    },
  ]);
});

describe('the ledger', () => {
  it('is a table that keeps its past, cannot be deleted and streams both images', () => {
    expect(propertiesOf('AWS::DynamoDB::Table', 'Ledger')).toMatchObject({
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'N' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { SSEType: 'KMS' },
    });
  });

  it('has its bodies in a private bucket that keeps every version', () => {
    expect(propertiesOf('AWS::S3::Bucket', 'LedgerBodies')).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  it('feeds the projection, and what that cannot take is kept', () => {
    expect(propertiesOf('AWS::Lambda::EventSourceMapping', 'ProjectionProject')).toMatchObject({
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: expect.stringMatching(/Projection/) } },
    });
  });

  it('is kept apart from the coordination table, whose items expire', () => {
    expect(propertiesOf('AWS::DynamoDB::Table', 'Coordination').TimeToLiveSpecification).toEqual({
      AttributeName: 'expires',
      Enabled: true,
    });
  });
});

describe('evidence', () => {
  const DEPLOYER = 'arn:aws:iam::111122223333:role/cdk-*-cfn-exec-role-*';
  const COLLECT = 'arn:aws:iam::111122223333:role/sallyport/sallyport-collect-eu-central-1';
  const policyOf = (from: Template) => {
    const bucket = `<${from.idOf('AWS::S3::Bucket', 'EvidenceStore')}>`;
    const policies = [...from.ofType('AWS::S3::BucketPolicy').values()];
    return statementsOf(policies.find(({ Bucket }) => Bucket === bucket)?.PolicyDocument);
  };

  it('lies in a private bucket whose lock is on by default and can be lifted by the deployer alone', () => {
    expect(propertiesOf('AWS::S3::Bucket', 'EvidenceStore')).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
    expect(policyOf(template)).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: expect.arrayContaining([
          ...['s3:BypassGovernanceRetention', 's3:DeleteObjectVersion'],
          // A marker or a rule that hides what is locked, and the policy that refuses all of this.
          ...[
            's3:DeleteObject',
            's3:PutLifecycleConfiguration',
            's3:PutBucketPolicy',
            's3:DeleteBucketPolicy',
          ],
        ]),
        Condition: { ArnNotLike: { 'aws:PrincipalArn': DEPLOYER } },
      }),
    );
  });

  it('is written, and its manifests signed, by one role alone, whatever others are allowed', () => {
    const byOthers = { ArnNotEquals: { 'aws:PrincipalArn': COLLECT } };
    expect(policyOf(template)).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Action: 's3:PutObject', Condition: byOthers }),
    );
    const { Statement } = propertiesOf('AWS::KMS::Key', 'EvidenceStore').KeyPolicy as {
      Statement: object[];
    };
    expect(Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Action: 'kms:Sign', Condition: byOthers }),
    );
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: expect.arrayContaining(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey']),
        Condition: { ArnNotLike: { 'aws:PrincipalArn': DEPLOYER } },
      }),
    );
  });

  it('is written once: a file without a condition on its name is refused', () => {
    expect(policyOf(template)).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 's3:PutObject',
        Condition: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
  });

  it('is read by no other account, until one is configured, and then only read', async () => {
    const allowed = (from: Template) => policyOf(from).filter(({ Effect }) => Effect === 'Allow');
    expect(allowed(template)).toEqual([]);
    expect(allowed(await synthesize({ forensicsAccount: '999988887777' }))).toMatchObject([
      {
        Principal: { AWS: 'arn:aws:iam::999988887777:root' },
        Action: ['s3:GetObject', 's3:GetObjectRetention', 's3:GetObjectVersion'],
        Resource: expect.stringMatching(/\/evidence\/\*$/),
      },
    ]);
  });

  it('is signed with a key of its own, which signs and does nothing else', () => {
    expect(propertiesOf('AWS::KMS::Key', 'EvidenceStore')).toMatchObject({
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
    });
  });
});

describe('dead executions', () => {
  it('are escalated, and an escalation that cannot be delivered is kept', () => {
    const { EventPattern, Targets } = propertiesOf('AWS::Events::Rule', 'DeadExecutions');
    expect(EventPattern).toMatchObject({
      source: ['aws.states'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    });
    expect(Targets).toMatchObject([{ Arn: expect.stringMatching(/DecisionEscalate/), DeadLetterConfig: {} }]);
  });
});

describe('the console', () => {
  const routesOf = (from: Template) =>
    Object.fromEntries(
      [...from.ofType('AWS::ApiGatewayV2::Route').values()]
        .filter(({ RouteKey }) => !/webhooks/.test(String(RouteKey)))
        .map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType ?? 'NONE']),
    );

  it('takes decisions over AWS’s own signatures, and shows pages to whoever has the link', () => {
    expect(routesOf(template)).toEqual({
      'GET /approvals/{secret}': 'NONE',
      'POST /approvals/{secret}': 'NONE',
      'GET /incidents/{id}': 'NONE',
      'ANY /api/{proxy+}': 'AWS_IAM',
    });
  });

  it('asks for a token of the configured issuer before a page decides or shows an incident', async () => {
    const oidc = { issuer: 'https://id.example.com', audience: ['sallyport'] };
    const signedIn = await synthesize({ oidc });
    expect(routesOf(signedIn)).toEqual({
      'GET /approvals/{secret}': 'NONE',
      'POST /approvals/{secret}': 'JWT',
      'GET /incidents/{id}': 'JWT',
      'ANY /api/{proxy+}': 'AWS_IAM',
    });
    const issuers = [...signedIn.ofType('AWS::Lambda::Function').values()].filter(({ Environment }) =>
      Object.hasOwn((Environment as { Variables: object }).Variables, 'OIDC_ISSUER'),
    );
    expect(issuers.map(({ FunctionName }) => FunctionName)).toEqual(['sallyport-console']);
  });

  it('is throttled, and logs neither the secret in a path nor a query', () => {
    const { AccessLogSettings, DefaultRouteSettings } = propertiesOf(
      'AWS::ApiGatewayV2::Stage',
      'ConsoleApi',
    );
    expect(DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 });
    const { Format } = AccessLogSettings as { Format: string };
    expect(Format).toContain('$context.routeKey');
    expect(Format).not.toMatch(/path|querystring|\$context\.protocol/i);
  });
});

describe('the webhook', () => {
  const apiOf = (Name: string) =>
    [...template.ofType('AWS::ApiGatewayV2::Api')].find(([, properties]) => properties.Name === Name)?.[0];

  it('is an API of its own with one route, which is throttled and leads to intake', () => {
    const api = apiOf('sallyport-webhook');
    const ofWebhook = ({ ApiId }: Readonly<Record<string, unknown>>) => ApiId === `<${api}>`;
    const [stage, ...others] = [...template.ofType('AWS::ApiGatewayV2::Stage').values()].filter(ofWebhook);
    expect(others).toEqual([]);
    expect(stage?.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 10, ThrottlingBurstLimit: 50 });
    const routes = [...template.ofType('AWS::ApiGatewayV2::Route').values()].filter(ofWebhook);
    expect(routes.map(({ RouteKey }) => RouteKey)).toEqual(['POST /webhooks/{sender}']);
    const [integration] = [...template.ofType('AWS::ApiGatewayV2::Integration').values()].filter(ofWebhook);
    expect(integration?.IntegrationUri).toMatch(/WebhookFunction/);
  });

  it('is not there where no sender is configured', async () => {
    const without = await synthesize({ webhooks: [] });
    expect([...without.ofType('AWS::ApiGatewayV2::Api').values()].map(({ Name }) => Name)).toEqual([
      'sallyport-console',
    ]);
    expect(without.roles().map(({ name }) => name)).not.toContain('sallyport-intake-eu-central-1');
  });
});

describe('alarms', () => {
  it('watch every function, every dead-letter queue, executions and the ledger, and reach somebody', () => {
    const alarms = [...template.ofType('AWS::CloudWatch::Alarm').values()];
    const functions = [...template.ofType('AWS::Lambda::Function').values()].map(
      ({ FunctionName }) => FunctionName,
    );
    const names = alarms.map(({ AlarmName }) => AlarmName);
    expect(names).toEqual(
      expect.arrayContaining([
        ...functions,
        'sallyport-findings-dead',
        'sallyport-webhook-dead',
        'sallyport-projection-dead',
        'sallyport-escalations-dead',
        'sallyport-executions-dead',
        'sallyport-executions-stuck',
        'sallyport-findings-stuck',
        'sallyport-ledger-tampered',
        'sallyport-not-notified',
      ]),
    );
    for (const { AlarmActions } of alarms) expect(AlarmActions).toHaveLength(1);
  });

  it('fire on the very words that the functions log', () => {
    const filters = [...template.ofType('AWS::Logs::MetricFilter').values()].map(
      ({ FilterPattern }) => FilterPattern,
    );
    expect(filters.sort()).toEqual(['"LEDGER_TAMPERED"', '"NOT_NOTIFIED"', '"NOT_NOTIFIED"']);
  });
});

it('every physical name is plain ASCII', () => {
  const names = Object.values(template.resources).flatMap(({ Properties }) =>
    Object.entries(Properties ?? {})
      .filter(([key]) => /Name$/.test(key))
      .map(([, name]) => String(name)),
  );
  for (const name of names) expect(name).toMatch(/^[\x20-\x7e]*$/);
});
