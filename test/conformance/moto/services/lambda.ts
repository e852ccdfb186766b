import { CreateRoleCommand } from '@aws-sdk/client-iam';
import * as Lambda from '@aws-sdk/client-lambda';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { LambdaSeed } from '../../../../sandbox/account/seed/lambda-schema.ts';
import { asList, type Statement } from '../../../../sandbox/authorize/policy.ts';
import { ACCOUNT, REGION } from '../../../contract/action-case.ts';
import type { ImitatedAccount, ImitatedService } from '../service.ts';
import { absent, eachOf, tagList } from '../shapes.ts';

type FunctionSeed = LambdaSeed['functions'][number];
type Qualified = Pick<FunctionSeed, 'url' | 'policy'>;

const ROLE = 'of-all-functions';
/** A zip archive without a file in it: nothing is ever run. */
const EMPTY_ZIP = new Uint8Array([0x50, 0x4b, 5, 6, ...new Uint8Array(18)]);

/** Functions are of a region. A URL's id and a URL's age are AWS's. */
export const lambda: ImitatedService = {
  of: 'region',
  invented: ['creationTime', 'provisionedConcurrency'],

  async seed({ lambda: seed }, account) {
    const trust = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    await account.send(new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument }));
    for (const one of seed.functions) await seedFunction(one, account);
  },

  async read(account) {
    const { Functions } = await account.send(new Lambda.ListFunctionsCommand({}));
    return { functions: await eachOf(Functions, 'FunctionName', (name) => readFunction(name, account)) };
  },
};

async function seedFunction(one: FunctionSeed, account: ImitatedAccount): Promise<void> {
  const FunctionName = one.functionName;
  await account.send(
    new Lambda.CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x' as Lambda.Runtime,
      Role: `arn:aws:iam::${ACCOUNT}:role/${ROLE}`,
      Handler: 'index.handler',
      Code: { ZipFile: EMPTY_ZIP },
      Tags: Object.fromEntries(tagList(one.tags).map(({ Key, Value }) => [Key, Value])),
    }),
  );
  await seedQualified(FunctionName, undefined, one, account);
  for (const alias of one.aliases) {
    await account.send(
      new Lambda.CreateAliasCommand({ FunctionName, Name: alias.name, FunctionVersion: '$LATEST' }),
    );
    await seedQualified(FunctionName, alias.name, alias, account);
  }
  if (one.reservedConcurrency !== undefined)
    await account.send(
      new Lambda.PutFunctionConcurrencyCommand({
        FunctionName,
        ReservedConcurrentExecutions: one.reservedConcurrency,
      }),
    );
  for (const source of one.eventSources) await seedSource(FunctionName, source, account);
}

async function seedQualified(
  FunctionName: string,
  Qualifier: string | undefined,
  { url, policy }: Qualified,
  account: ImitatedAccount,
): Promise<void> {
  for (const [index, statement] of asList<Statement>(policy?.Statement).entries())
    await account.send(
      new Lambda.AddPermissionCommand({
        FunctionName,
        Qualifier,
        StatementId: statement.Sid ?? `statement-${index}`,
        ...permission(statement),
      }),
    );
  if (!url) return;
  const { FunctionUrl } = await account.send(
    new Lambda.CreateFunctionUrlConfigCommand({
      FunctionName,
      Qualifier,
      AuthType: url.authType,
      InvokeMode: url.invokeMode,
    }),
  );
  // Whole, because moto leaves out the slash at the end.
  account.name(`https://${url.id}.lambda-url.${REGION}.on.aws/`, FunctionUrl);
}

/** AddPermission's words for a statement: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html. */
function permission({ Action, Principal, Condition = {} }: Statement) {
  const conditions = Object.assign({}, ...Object.values(Condition)) as Record<string, string>;
  const invoked = conditions['lambda:InvokedViaFunctionUrl'];
  return {
    Action: String(Action),
    Principal: principal(Principal),
    SourceAccount: conditions['AWS:SourceAccount'],
    SourceArn: conditions['AWS:SourceArn'],
    PrincipalOrgID: conditions['aws:PrincipalOrgID'],
    FunctionUrlAuthType: conditions['lambda:FunctionUrlAuthType'] as Lambda.FunctionUrlAuthType | undefined,
    InvokedViaFunctionUrl: invoked === undefined ? undefined : invoked === 'true',
  };
}

function principal(value: Statement['Principal']): string {
  if (typeof value !== 'object') return '*';
  return String(value.Service ?? value.AWS);
}

/** Lambda reads from a queue that exists. */
async function seedSource(
  FunctionName: string,
  { uuid, eventSourceArn, state }: FunctionSeed['eventSources'][number],
  account: ImitatedAccount,
): Promise<void> {
  await account.send(new CreateQueueCommand({ QueueName: eventSourceArn.split(':').at(-1) }));
  const { UUID } = await account.send(
    new Lambda.CreateEventSourceMappingCommand({
      FunctionName,
      EventSourceArn: eventSourceArn,
      Enabled: state === 'Enabled',
    }),
  );
  account.name(uuid, UUID);
}

async function readFunction(FunctionName: string, account: ImitatedAccount): Promise<unknown> {
  const { Concurrency, Tags } = await account.send(new Lambda.GetFunctionCommand({ FunctionName }));
  const { Aliases } = await account.send(new Lambda.ListAliasesCommand({ FunctionName }));
  const sources = await account.send(new Lambda.ListEventSourceMappingsCommand({ FunctionName }));
  return {
    functionName: FunctionName,
    reservedConcurrency: Concurrency?.ReservedConcurrentExecutions,
    ...(await readQualified(FunctionName, undefined, account)),
    aliases: await eachOf(Aliases, 'Name', (alias) => readQualified(FunctionName, alias, account)),
    eventSources: sources.EventSourceMappings?.map(({ UUID, EventSourceArn, State }) => ({
      uuid: UUID,
      eventSourceArn: EventSourceArn,
      state: State,
    })),
    tags: Tags,
  };
}

async function readQualified(
  FunctionName: string,
  Qualifier: string | undefined,
  account: ImitatedAccount,
): Promise<object> {
  const missing = 'ResourceNotFoundException';
  const url = await absent(
    missing,
    account.send(new Lambda.GetFunctionUrlConfigCommand({ FunctionName, Qualifier })),
  );
  const policy = await absent(
    missing,
    account.send(new Lambda.GetPolicyCommand({ FunctionName, Qualifier })),
  );
  const { Statement = [] } = JSON.parse(policy?.Policy ?? '{}') as { Statement?: Statement[] };
  return {
    url: url && { functionUrl: url.FunctionUrl, authType: url.AuthType, invokeMode: url.InvokeMode },
    policy: Object.fromEntries(Statement.map((one) => [one.Sid ?? '', one])),
  };
}
