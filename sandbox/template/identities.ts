import { createHash } from 'node:crypto';

/** Where a stack is deployed. */
export interface Place {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
}

/** What CloudFormation answers about a resource: `Ref` and the attributes of `Fn::GetAtt`. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** `path` is the IAM path of roles and policies, `/` where there is none. */
type Identify = (name: string, place: Place, path: string) => Identity;

/** A resource type that the sandbox runs or that its policies name. */
interface NamedType {
  /** The property that holds the physical name; without it, or when absent, the name is generated. */
  readonly property?: string;
  readonly identify: Identify;
}

const arn = (service: string, resource: string, { region, account }: Place): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const table: Identify = (name, place) => {
  const tableArn = arn('dynamodb', `table/${name}`, place);
  return {
    ref: name,
    attributes: { Arn: tableArn, StreamArn: `${tableArn}/stream/sandbox`, TableId: stableUuid(tableArn) },
  };
};

const role: Identify = (name, place, path) => ({
  ref: name,
  attributes: { Arn: `arn:aws:iam::${place.account}:role${path}${name}`, RoleId: `AROA${hash(name, 16)}` },
});

const queue: Identify = (name, place) => ({
  ref: `https://sqs.${place.region}.amazonaws.com/${place.account}/${name}`,
  attributes: {
    Arn: arn('sqs', name, place),
    QueueName: name,
    QueueUrl: `https://sqs.${place.region}.amazonaws.com/${place.account}/${name}`,
  },
});

const api: Identify = (name, place) => {
  const id = hash(name, 10).toLowerCase();
  const endpoint = `https://${id}.execute-api.${place.region}.amazonaws.com`;
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: endpoint } };
};

const key: Identify = (name, place) => {
  const id = stableUuid(`${place.account}/${name}`);
  return { ref: id, attributes: { Arn: arn('kms', `key/${id}`, place), KeyId: id } };
};

const arnAsRef = (arnOf: (name: string, place: Place) => string): Identify => {
  return (name, place) => ({
    ref: arnOf(name, place),
    attributes: { Arn: arnOf(name, place), Name: name, Id: arnOf(name, place) },
  });
};

const nameAsRef = (arnOf: (name: string, place: Place) => string): Identify => {
  return (name, place) => ({ ref: name, attributes: { Arn: arnOf(name, place), Name: name } });
};

const types: Readonly<Record<string, NamedType>> = {
  'AWS::DynamoDB::Table': { property: 'TableName', identify: table },
  'AWS::DynamoDB::GlobalTable': { property: 'TableName', identify: table },
  'AWS::IAM::Role': { property: 'RoleName', identify: role },
  'AWS::IAM::ManagedPolicy': {
    property: 'ManagedPolicyName',
    identify: (name, place, path) => {
      const policyArn = `arn:aws:iam::${place.account}:policy${path}${name}`;
      return { ref: policyArn, attributes: { PolicyArn: policyArn } };
    },
  },
  'AWS::Lambda::Function': {
    property: 'FunctionName',
    identify: nameAsRef((name, place) => arn('lambda', `function:${name}`, place)),
  },
  'AWS::SQS::Queue': { property: 'QueueName', identify: queue },
  'AWS::StepFunctions::StateMachine': {
    property: 'StateMachineName',
    identify: arnAsRef((name, place) => arn('states', `stateMachine:${name}`, place)),
  },
  'AWS::Events::Rule': {
    property: 'Name',
    identify: nameAsRef((name, place) => arn('events', `rule/${name}`, place)),
  },
  'AWS::Events::EventBus': {
    property: 'Name',
    identify: nameAsRef((name, place) => arn('events', `event-bus/${name}`, place)),
  },
  'AWS::KMS::Key': { identify: key },
  'AWS::KMS::Alias': {
    property: 'AliasName',
    identify: (name) => ({ ref: name, attributes: {} }),
  },
  'AWS::S3::Bucket': { property: 'BucketName', identify: nameAsRef((name) => `arn:aws:s3:::${name}`) },
  'AWS::SecretsManager::Secret': {
    property: 'Name',
    identify: arnAsRef((name, place) => arn('secretsmanager', `secret:${name}-${hash(name, 6)}`, place)),
  },
  'AWS::ApiGatewayV2::Api': { identify: api },
  'AWS::SNS::Topic': {
    property: 'TopicName',
    identify: (name, place) => {
      const topicArn = arn('sns', name, place);
      return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
    },
  },
  'AWS::Logs::LogGroup': {
    property: 'LogGroupName',
    identify: nameAsRef((name, place) => `${arn('logs', `log-group:${name}`, place)}:*`),
  },
  'AWS::SES::EmailIdentity': {
    property: 'EmailIdentity',
    identify: nameAsRef((name, place) => arn('ses', `identity/${name}`, place)),
  },
  'AWS::SES::ConfigurationSet': {
    property: 'Name',
    identify: nameAsRef((name, place) => arn('ses', `configuration-set/${name}`, place)),
  },
  'AWS::Route53Resolver::FirewallDomainList': {
    identify: (name, place) => {
      const id = `rslvr-fdl-${hash(name, 16).toLowerCase()}`;
      return {
        ref: id,
        attributes: { Id: id, Arn: arn('route53resolver', `firewall-domain-list/${id}`, place) },
      };
    },
  },
  'AWS::SSM::Document': { property: 'Name', identify: (name) => ({ ref: name, attributes: {} }) },
  'AWS::CloudWatch::Alarm': {
    property: 'AlarmName',
    identify: nameAsRef((name, place) => arn('cloudwatch', `alarm:${name}`, place)),
  },
};

/** Which property names a resource of this type, if one does. */
export function namePropertyOf(type: string): string | undefined {
  return types[type]?.property;
}

/** Ref and attributes by type; of a type that the sandbox does not know only `Ref` can be asked. */
export function identityOf(type: string, name: string, place: Place, path = '/'): Identity {
  return types[type]?.identify(name, place, path) ?? { ref: name, attributes: {} };
}

/** A generated name: CloudFormation's `Stack-LogicalId-RANDOM`, but the same on every run. */
export function generatedName(type: string, logicalId: string, { stackName, account }: Place): string {
  const name = `${stackName}-${logicalId}`.slice(0, 48);
  if (type === 'AWS::S3::Bucket') return `${name}-${account}`.toLowerCase();
  return `${name}-${hash(`${stackName}/${logicalId}`, 8)}`;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function hash(text: string, length: number): string {
  const bytes = [...createHash('sha256').update(text).digest()];
  return bytes
    .map((byte) => alphabet[byte % alphabet.length])
    .join('')
    .slice(0, length);
}

function stableUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
