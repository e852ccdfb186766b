import { type Document, isObject, leaves } from './document.ts';

/** The statements of a policy document as it stands; undefined for what is no policy. */
export function statementsOf(text: string): readonly Document[] | undefined {
  try {
    const document: unknown = JSON.parse(text);
    const statements = isObject(document) ? [document.Statement].flat() : [];
    return statements.length > 0 && statements.every(isObject) ? statements : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Those outside the account to whom a bucket's policy grants something by name: accounts, canonical users,
 * CloudFront's identities, principals that were deleted since. Not AWS's services, and not everybody.
 */
export function outsidersOf(text: string, account: string): readonly string[] | undefined {
  const grants = statementsOf(text)?.filter((statement) => statement.Effect === 'Allow');
  const named = grants?.flatMap(({ Principal: principal }) =>
    isObject(principal) ? [principal.AWS, principal.CanonicalUser, principal.Federated].flat() : [],
  );
  const outside = named
    ?.filter((one) => typeof one === 'string')
    .map(accountIn)
    .filter((one) => one !== '*' && one !== account);
  return outside && [...new Set(outside)];
}

/** The account of an ARN or of a bare account id; any other name as it is. */
function accountIn(principal: string): string {
  return /^arn:aws[\w-]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1] ?? principal;
}

/**
 * Whether a policy leaves it to access points whom they let in, so that S3 does not call it public though they may
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html). What cannot be read may.
 */
export function leavesToAccessPoints(text: string): boolean {
  const byAccessPoint = (statement: Document) =>
    leaves(statement.Condition).some(({ path }) => path.some((key) => /^s3:dataaccesspoint/i.test(key)));
  return statementsOf(text)?.some(byAccessPoint) ?? true;
}

/** Whom the Allow statements of a policy let in. */
export interface PolicyConsumers {
  readonly everybody: boolean;
  /** Principals, accounts, identity providers and AWS services, each as it is written. */
  readonly named: readonly string[];
  /** By ARN: they come as the service `cloudfront.amazonaws.com`, and a condition tells them apart. */
  readonly distributions: readonly string[];
}

const DISTRIBUTION = /^arn:aws[\w-]*:cloudfront::\d{12}:distribution\/[A-Z0-9]{1,64}$/;

/** Undefined for what is no policy. A principal that is excluded (`NotPrincipal`) leaves everybody else. */
export function policyConsumers(text: string): PolicyConsumers | undefined {
  const grants = statementsOf(text)?.filter((statement) => statement.Effect === 'Allow');
  if (!grants) return undefined;
  const named = grants.flatMap(({ Principal: principal }) => textsIn(principal));
  const conditions = grants.flatMap(({ Condition: condition }) => textsIn(condition));
  return {
    everybody: named.includes('*') || grants.some((statement) => 'NotPrincipal' in statement),
    named: [...new Set(named)].filter((one) => one !== '*'),
    distributions: [...new Set(conditions)].filter((one) => DISTRIBUTION.test(one)),
  };
}

function textsIn(value: unknown): readonly string[] {
  return [...leaves(value)].flatMap(({ value: leaf }) => (typeof leaf === 'string' ? leaf : []));
}
