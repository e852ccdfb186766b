import type { Execution } from './account.ts';
import { NotOursError, TargetNotFoundError } from './errors.ts';
import { hasName } from './named-error.ts';

/** An inline policy that Sallyport writes into a user or role: what it takes away, and later gives back. */
export interface OwnPolicy {
  /** Of whom it is, for people: `user bob`. */
  readonly holder: string;
  readonly name: string;
  readonly document: string;
  /** Whether a document that is found under the name is one of ours; only `document` itself when absent. */
  readonly isOurs?: (found: string) => boolean;
}

/** IAM's operations on the inline policies of one user or role, as far as they read. */
export interface InlinePolicyReads {
  readonly get: (policy: { PolicyName: string }) => Promise<{ readonly PolicyDocument?: string | undefined }>;
}

/** The same, and those that write. */
export interface InlinePolicies extends InlinePolicyReads {
  readonly put: (policy: { PolicyName: string; PolicyDocument: string }) => Promise<unknown>;
  readonly remove: (policy: { PolicyName: string }) => Promise<unknown>;
}

/**
 * The name of an inline policy of ours, one for each plan: two incidents that contain the same principal cannot undo
 * each other's work, and nobody can take the name before the plan exists. IAM allows 128 characters of `[\w+=,.@-]`.
 */
export function ownPolicyName(prefix: string, { incident, manifestHash }: Execution): string {
  return `${prefix}-${incident.replaceAll(/[^\w+=,.@-]/g, '-').slice(0, 64)}-${manifestHash.slice(0, 12)}`;
}

/**
 * A document that denies everything, under conditions if there are any. An explicit deny wins over every allow,
 * whoever wrote it (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
 */
export function denyAll(conditions?: object): string {
  const statement = { Effect: 'Deny', Action: '*', Resource: '*' };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [conditions ? { ...statement, Condition: conditions } : statement],
  });
}

/** The document of an inline policy as it stands, decoded, or undefined. */
export async function readInlinePolicy(
  PolicyName: string,
  { get }: InlinePolicyReads,
): Promise<string | undefined> {
  try {
    const { PolicyDocument: encoded } = await get({ PolicyName });
    return decodeURIComponent(encoded ?? '');
  } catch (error) {
    if (hasName(error, 'NoSuchEntityException')) return undefined;
    throw error;
  }
}

/**
 * Writes the same bytes on every retry. Throws NotOursError where somebody else's policy has the name, and
 * TargetNotFoundError where the user or role was deleted since.
 */
export async function putOwnPolicy(policy: OwnPolicy, policies: InlinePolicies): Promise<void> {
  await refuseForeign(policy, policies);
  try {
    await policies.put({ PolicyName: policy.name, PolicyDocument: policy.document });
  } catch (error) {
    if (!hasName(error, 'NoSuchEntityException')) throw error;
    throw new TargetNotFoundError(policy.holder, { cause: error });
  }
}

/**
 * A policy, or a user or role, that is gone already is what was asked for. It is deleted though it was not found: IAM
 * may answer what was so some seconds ago. Throws NotOursError where somebody else's policy has the name.
 */
export async function deleteOwnPolicy(policy: OwnPolicy, policies: InlinePolicies): Promise<void> {
  await refuseForeign(policy, policies);
  try {
    await policies.remove({ PolicyName: policy.name });
  } catch (error) {
    if (!hasName(error, 'NoSuchEntityException')) throw error;
  }
}

async function refuseForeign(policy: OwnPolicy, policies: InlinePolicies): Promise<void> {
  const { holder, name, document, isOurs = (found) => found === document } = policy;
  const found = await readInlinePolicy(name, policies);
  if (found !== undefined && !isOurs(found))
    throw new NotOursError(
      `policy ${name} of ${holder}`,
      'it is not what Sallyport writes under that name; read it, and delete it if nobody needs it',
    );
}
