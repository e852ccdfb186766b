import { GetPolicyCommand, ListAliasesCommand, ListFunctionUrlConfigsCommand } from '@aws-sdk/client-lambda';
import { boundedList, boundedText } from '../../core/bounded.ts';
import { functionStatements, type Statement, testsOf } from '../../core/function-statement.ts';
import { strangersOf } from '../../core/function-strangers.ts';
import { hasName } from '../../core/named-error.ts';
import type { DescribedFunction, FunctionUrl, Invokers } from './output.ts';
import type { Reader } from './reads.ts';

/** Aliases whose policies are read, each by a call of its own. */
const ALIASES = 10;
const LISTED = 20;

type Answer = Pick<DescribedFunction, 'invokers' | 'urls' | 'unread' | 'truncated'>;

/** Who may call a function by its own policy, and by those of its aliases. */
export async function readInvokers(FunctionName: string, account: Reader): Promise<Answer> {
  const urls = await readUrls(FunctionName, account);
  const { Aliases: listed = [], NextMarker: next } = await account.send(
    new ListAliasesCommand({ FunctionName }),
  );
  const aliases = boundedList(
    listed.flatMap(({ Name }) => Name ?? []),
    ALIASES,
  );
  const further = aliases.truncated || Boolean(next);
  const invokers = await Promise.all(
    [null, ...aliases.items].map((qualifier) => readPolicy(FunctionName, qualifier, urls.items, account)),
  );
  return {
    invokers: invokers.map(({ answer }) => answer),
    urls: urls.items.map((one) => ({ ...one, qualifier: shown(one.qualifier) })),
    unread: ['policies of versions', ...(further ? (['policies of further aliases'] as const) : [])],
    truncated: urls.truncated || further || invokers.some(({ truncated }) => truncated),
  };
}

async function readUrls(FunctionName: string, account: Reader) {
  const { FunctionUrlConfigs: configs = [], NextMarker: next } = await account.send(
    new ListFunctionUrlConfigsCommand({ FunctionName }),
  );
  const urls = configs.map(({ FunctionArn: arn, FunctionUrl: url, AuthType: authType }) => ({
    qualifier: arn?.slice(FunctionName.length + 1) || null,
    url: url ?? '',
    authType: authType ?? ('AWS_IAM' as const),
  }));
  const { items, truncated } = boundedList<FunctionUrl>(urls, LISTED);
  return { items, truncated: truncated || Boolean(next) };
}

async function readPolicy(
  FunctionName: string,
  qualifier: string | null,
  urls: readonly FunctionUrl[],
  account: Reader,
): Promise<{ readonly answer: Invokers; readonly truncated: boolean }> {
  const statements = await readStatements(FunctionName, qualifier, account);
  const url = urls.find((one) => one.qualifier === qualifier);
  const everybody = (one: Statement) => strangersOf(one, account.id).includes('everybody');
  const strangers = new Set(statements.flatMap((one) => strangersOf(one, account.id)));
  const outsiders = boundedList([...strangers].filter((one) => one !== 'everybody').sort(), LISTED);
  return {
    answer: {
      qualifier: shown(qualifier),
      statements: statements.length,
      anybody: statements.some((one) => everybody(one) && isInForce(one, url)),
      outsiders: outsiders.items,
    },
    truncated: outsiders.truncated,
  };
}

/** None where there is no policy, or the alias was deleted since. */
async function readStatements(
  FunctionName: string,
  qualifier: string | null,
  account: Reader,
): Promise<readonly Statement[]> {
  try {
    const name = qualifier === null ? FunctionName : `${FunctionName}:${qualifier}`;
    return functionStatements((await account.send(new GetPolicyCommand({ FunctionName: name }))).Policy);
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) return [];
    throw error;
  }
}

/**
 * A statement that holds for requests by the function's URL alone lets nobody in where there is no such URL
 * (https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html).
 */
function isInForce(statement: Statement, url: FunctionUrl | undefined): boolean {
  return testsOf(statement).every(({ operator, key, values }) => {
    if (operator === 'StringEquals' && key === 'lambda:functionurlauthtype')
      return url !== undefined && values.includes(url.authType);
    if (operator === 'Bool' && key === 'lambda:invokedviafunctionurl' && values.includes('true'))
      return url !== undefined;
    return true;
  });
}

function shown(qualifier: string | null): string | null {
  return qualifier === null ? null : boundedText(qualifier, 128);
}
