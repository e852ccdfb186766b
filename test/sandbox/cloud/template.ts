/** A stack of the same shape as Sallyport's, as small as the tests allow. Written by hand as CDK would synthesize it. */
const att = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });
const ref = (logicalId: string) => ({ Ref: logicalId });
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

type Statement = Readonly<Record<string, unknown>>;

export interface FunctionWish {
  readonly handler: string;
  readonly statements?: readonly Statement[];
  readonly timeout?: number;
}

const allow = (Action: unknown, Resource: unknown, Condition?: unknown): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const under = (...keys: string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } });

const append = (key: string) => allow('dynamodb:PartiQLInsert', att('Ledger'), under(key));
const note = (key: string) => allow(['dynamodb:GetItem', 'dynamodb:PutItem'], att('Notes'), under(key));

const functions: Readonly<Record<string, FunctionWish>> = {
  Intake: {
    handler: 'intake',
    statements: [
      allow('states:StartExecution', machineArn()),
      allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Findings')),
    ],
  },
  Work: { handler: 'work', statements: [append('*#fact')], timeout: 4 },
  Ask: {
    handler: 'ask',
    statements: [
      note('token#*'),
      allow(
        'ses:SendEmail',
        join('arn:aws:ses:', ref('AWS::Region'), ':', ref('AWS::AccountId'), ':identity/robot@example.com'),
      ),
    ],
  },
  Finish: { handler: 'finish', statements: [append('*#fact')] },
  Project: { handler: 'project', statements: [note('seen')] },
  Bury: { handler: 'bury', statements: [note('buried')] },
  Chat: { handler: 'chat', statements: [allow('secretsmanager:GetSecretValue', ref('ChatToken'))] },
  Page: { handler: 'page' },
  Look: { handler: 'look' },
  // Not run by anything: a role whose credentials the tests take.
  Writer: {
    handler: 'look',
    statements: [
      append('*#decision'),
      allow(
        [
          'dynamodb:GetItem',
          'dynamodb:Query',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
        ],
        '*',
      ),
      allow(['kms:Encrypt', 'kms:Decrypt'], att('Key'), {
        StringEquals: { 'kms:EncryptionContext:kind': 'approval' },
      }),
      allow('*', [join(att('Bodies'), '/bodies/*')]),
      allow(['states:*', 'sqs:*', 'events:PutEvents'], '*'),
    ],
  },
};

/** The physical name, as tests and the state machine's functions know it. */
export const functionName = (handler: string): string => `small-${handler}`;

export function smallTemplate(
  assetHash: string,
  change: (resources: Record<string, unknown>) => void = () => {},
): object {
  const resources: Record<string, unknown> = {
    ...tables(),
    ...queues(),
    ...workflow(),
    ...people(),
    ...Object.assign({}, ...Object.entries(functions).map(([id, wish]) => lambda(id, wish, assetHash))),
    ...api(),
  };
  change(resources);
  return {
    Resources: resources,
    Parameters: {
      BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/version' },
    },
    Outputs: {
      LedgerName: { Value: ref('Ledger') },
      KeyArn: { Value: att('Key') },
      MachineRole: { Value: ref('MachineRole') },
    },
  };
}

function lambda(
  id: string,
  { handler, statements = [], timeout = 10 }: FunctionWish,
  assetHash: string,
): object {
  return {
    [`${id}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: functionName(handler === 'look' ? id.toLowerCase() : handler),
        Path: '/small/',
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
          ],
        },
        ManagedPolicyArns: [
          join('arn:', ref('AWS::Partition'), ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'),
        ],
      },
    },
    ...(statements.length > 0
      ? {
          [`${id}Policy`]: {
            Type: 'AWS::IAM::Policy',
            Properties: {
              PolicyName: id,
              PolicyDocument: { Version: '2012-10-17', Statement: statements },
              Roles: [ref(`${id}Role`)],
            },
          },
        }
      : {}),
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: functionName(id.toLowerCase()),
        Runtime: 'nodejs24.x',
        Handler: `index.${handler}`,
        Code: { S3Bucket: 'assets', S3Key: `${assetHash}.zip` },
        Role: att(`${id}Role`),
        Timeout: timeout,
        Environment: {
          Variables: {
            LEDGER: ref('Ledger'),
            NOTES: ref('Notes'),
            MACHINE: machineArn(),
            SECRET: ref('ChatToken'),
            ...(id === 'Page' ? { APPROVERS: '[]' } : {}),
          },
        },
      },
    },
  };
}

function machineArn(): object {
  return join('arn:aws:states:', ref('AWS::Region'), ':', ref('AWS::AccountId'), ':stateMachine:small');
}

function tables(): object {
  const table = (TableName: string | undefined, sortType: string, more: object) => ({
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      ...(TableName ? { TableName } : {}),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: sortType },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      ...more,
    },
  });
  const deny = {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    Resource: '*',
  };
  return {
    Ledger: table(undefined, 'N', {
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      ResourcePolicy: { PolicyDocument: { Version: '2012-10-17', Statement: [deny] } },
    }),
    Notes: table('small-notes', 'S', {}),
  };
}

function queues(): object {
  return {
    Findings: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        RedrivePolicy: { deadLetterTargetArn: att('Dead'), maxReceiveCount: 2 },
        VisibilityTimeout: 60,
      },
    },
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'small-dead' } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.guardduty'], 'detail-type': [{ prefix: 'GuardDuty' }] },
        Targets: [{ Id: 'queue', Arn: att('Findings') }],
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: att('Findings'),
        FunctionName: ref('Intake'),
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
    StreamMapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: att('Ledger', 'StreamArn'),
        FunctionName: ref('Project'),
        BatchSize: 5,
        StartingPosition: 'TRIM_HORIZON',
      },
    },
  };
}

/** Work, then a person, then finish; whatever fails ends the execution, which is buried. */
function workflow(): object {
  const definition = [
    '{"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"',
    att('Work'),
    '","ResultPath":"$.work","TimeoutSeconds":60,"Retry":[{"ErrorEquals":["Runtime.ExitError","Sandbox.Timedout"],"IntervalSeconds":30,"MaxAttempts":1}],"Next":"Ask"},',
    '"Ask":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","Parameters":{"FunctionName":"',
    att('Ask'),
    '","Payload":{"id.$":"$.id","token.$":"$$.Task.Token"}},"TimeoutSecondsPath":"$.patience","ResultPath":null,',
    '"Catch":[{"ErrorEquals":["States.Timeout"],"ResultPath":"$.error","Next":"Late"}],"Next":"Finish"},',
    '"Finish":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"',
    att('Finish'),
    '","Payload":{"id.$":"$.id"}},"OutputPath":"$.Payload","End":true},',
    '"Late":{"Type":"Pass","Result":"too late","End":true}}}',
  ];
  return {
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'small',
        DefinitionString: join(...definition),
        RoleArn: att('MachineRole'),
      },
    },
    MachineRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [] },
        Policies: [
          {
            PolicyName: 'invoke',
            PolicyDocument: {
              Statement: [allow('lambda:InvokeFunction', [att('Work'), att('Ask'), att('Finish')])],
            },
          },
        ],
      },
    },
    DeadExecutions: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.states'], detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] } },
        Targets: [{ Id: 'bury', Arn: att('Bury') }],
      },
    },
  };
}

function people(): object {
  return {
    Sender: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'robot@example.com' } },
    ChatToken: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'chat-token' } },
    Bodies: { Type: 'AWS::S3::Bucket', Properties: {} },
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        KeyPolicy: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'kms:*',
              Resource: '*',
              Principal: { AWS: join('arn:aws:iam::', ref('AWS::AccountId'), ':root') },
            },
          ],
        },
      },
    },
  };
}

function api(): object {
  const route = (RouteKey: string, AuthorizationType: string) => ({
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: ref('Api'),
      RouteKey,
      AuthorizationType,
      Target: join('integrations/', ref('Integration')),
    },
  });
  return {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: att('Page'),
        PayloadFormatVersion: '2.0',
      },
    },
    Open: route('GET /pages/{id}', 'NONE'),
    Post: route('POST /pages/{id}', 'JWT'),
    Signed: route('ANY /api/{proxy+}', 'AWS_IAM'),
  };
}
