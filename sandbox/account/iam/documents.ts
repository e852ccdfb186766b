import type { PolicyDocument } from '../../authorize/policy.ts';
import { assertSupported } from '../../authorize/supported.ts';
import { AwsError } from '../../wire/service.ts';
import { policyDocument } from '../seed/policy-document.ts';

/** IAM answers documents percent-encoded (RFC 3986). */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Parses a document that a caller put; `code` is what the service calls a bad one. */
export function parsePolicyText(text: string, code: string): PolicyDocument {
  const parsed = policyDocument.safeParse(parseJson(text, code));
  if (!parsed.success)
    throw new AwsError(code, `Syntax errors in policy: ${parsed.error.issues[0]?.message}`);
  try {
    assertSupported(parsed.data);
  } catch (cause) {
    throw new AwsError(code, cause instanceof Error ? cause.message : String(cause));
  }
  return parsed.data;
}

/**
 * Checks an inline policy: its grammar, and its size without white space
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). The sum counts all of a holder's
 * inline policies, the one that is replaced aside.
 */
export function checkInlinePolicy(
  existing: Readonly<Record<string, string>>,
  name: string,
  text: string,
  limit: { readonly kind: 'user' | 'role'; readonly size: number },
): void {
  const document = parsePolicyText(text, 'MalformedPolicyDocument');
  if (hasPrincipal(document))
    throw new AwsError('MalformedPolicyDocument', 'Policy document should not specify a principal.');
  const others = Object.entries(existing).filter(([other]) => other !== name);
  const size = [...others.map(([, other]) => other), text].reduce(
    (sum, one) => sum + one.replace(/\s/g, '').length,
    0,
  );
  if (size > limit.size)
    throw new AwsError(
      'LimitExceeded',
      `Maximum policy size of ${limit.size} bytes exceeded for ${limit.kind}`,
      409,
    );
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: 2,048 characters, white space aside. */
const TRUST_POLICY_SIZE = 2048;

/**
 * Checks a trust policy: each statement names whom it is about, and nothing that it is about. A unique id stands for a
 * user or role that was deleted; IAM shows it, and takes it no more
 * (https://repost.aws/knowledge-center/iam-trust-policy-error).
 */
export function checkTrustPolicy(text: string): void {
  const document = parsePolicyText(text, 'MalformedPolicyDocument');
  for (const statement of [document.Statement].flat()) {
    if (statement === undefined) continue;
    if ('Resource' in statement || 'NotResource' in statement)
      throw new AwsError('MalformedPolicyDocument', 'Has prohibited field Resource');
    if (!('Principal' in statement || 'NotPrincipal' in statement))
      throw new AwsError('MalformedPolicyDocument', 'Missing required field Principal');
    const dead = JSON.stringify(statement.Principal ?? statement.NotPrincipal).match(
      /"A[A-Z]{3}[A-Z0-9]{13,}"/,
    );
    if (dead) throw new AwsError('MalformedPolicyDocument', `Invalid principal in policy: "AWS":${dead[0]}`);
  }
  if (text.replace(/\s/g, '').length > TRUST_POLICY_SIZE)
    throw new AwsError('LimitExceeded', `Cannot exceed quota for ACLSizePerRole: ${TRUST_POLICY_SIZE}`, 409);
}

function hasPrincipal(document: PolicyDocument): boolean {
  const { Statement: statements } = document;
  return [statements]
    .flat()
    .some((one) => one !== undefined && ('Principal' in one || 'NotPrincipal' in one));
}

function parseJson(text: string, code: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AwsError(code, 'Syntax errors in policy.');
  }
}
