import { parseArn } from './arn.ts';
import { type Statement, type Test, testsOf } from './function-statement.ts';

/** `everybody`, an account id, or an organisation's. */
export type Stranger = string;
const EVERYBODY: Stranger = 'everybody';

/** Operators that hold only for a value that is there and equal; those with IfExists hold for none as well. */
const EXACT = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike']);
const ACCOUNT_KEYS = new Set(['aws:sourceaccount', 'aws:principalaccount']);
const ARN_KEYS = new Set(['aws:sourcearn', 'aws:principalarn']);

/**
 * Whom outside the account a statement lets call: everybody, other accounts, an organisation. A service without any
 * condition is everybody, since every account can have it call
 * (https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html, SourceArn). Empty for who is inside.
 */
export function strangersOf(statement: Statement, own: string): readonly Stranger[] {
  if (statement.Effect !== 'Allow') return [];
  const { Principal: principal } = statement;
  if (principal === undefined) return [EVERYBODY];
  const named = typeof principal === 'string' ? { AWS: principal } : principal;
  const strangers = Object.entries(named).flatMap(([kind, names]) =>
    [names]
      .flat()
      .flatMap((name) => (kind === 'AWS' ? byName(name, statement, own) : byService(statement, own))),
  );
  return [...new Set(strangers)].sort();
}

function byName(name: string, statement: Statement, own: string): readonly Stranger[] {
  if (name === '*') return withinBounds(statement, own) ?? [EVERYBODY];
  const account = /^\d{12}$/.test(name) ? name : parseArn(name)?.account;
  // The id of somebody who was deleted: it lets nobody in.
  if (account === undefined) return [];
  return account === own ? [] : [account];
}

/** A condition of another kind (an Alexa skill's token) bounds a service too, in a way that says no account. */
function byService(statement: Statement, own: string): readonly Stranger[] {
  const isBoundOtherwise = testsOf(statement).some(({ key }) => !ACCOUNT_KEYS.has(key) && !ARN_KEYS.has(key));
  return withinBounds(statement, own) ?? (isBoundOtherwise ? [] : [EVERYBODY]);
}

/** The strangers that the tightest condition leaves; undefined where none speaks of accounts. */
function withinBounds(statement: Statement, own: string): readonly Stranger[] | undefined {
  const bounds = testsOf(statement).flatMap((test) => {
    const bound = boundOf(test);
    return bound ? [bound] : [];
  });
  if (bounds.length === 0) return undefined;
  const outside = bounds
    .filter((bound) => bound.length > 0)
    .map((bound) => bound.filter((who) => who !== own));
  return outside.some((bound) => bound.length === 0) ? [] : (outside[0] ?? []);
}

/** Which accounts or organisations a test lets through: none for an ARN without an account (S3), which names one thing. */
function boundOf({ operator, key, values }: Test): readonly Stranger[] | undefined {
  if (!EXACT.has(operator)) return undefined;
  if (ACCOUNT_KEYS.has(key)) return all(values, (value) => (/^\d{12}$/.test(value) ? [value] : undefined));
  if (ARN_KEYS.has(key)) return all(values, accountsOfArn);
  if (key === 'aws:principalorgid')
    return all(values, (value) => (/^o-[a-z0-9]{10,32}$/.test(value) ? [value] : undefined));
  return undefined;
}

function accountsOfArn(arn: string): readonly Stranger[] | undefined {
  const parsed = parseArn(arn);
  if (!parsed || parsed.resource.startsWith('*')) return undefined;
  return parsed.account === '' ? [] : [parsed.account];
}

/** Undefined as soon as one value is a pattern: it could be anybody. */
function all(
  values: readonly string[],
  read: (value: string) => readonly Stranger[] | undefined,
): readonly Stranger[] | undefined {
  const found = values.map(read);
  return found.some((one) => one === undefined) ? undefined : found.flatMap((one) => one ?? []);
}
