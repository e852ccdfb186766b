import { CallDeniedError } from './errors.ts';
import { hasName } from './named-error.ts';

/**
 * What AWS says of a call that policies do not allow, in words of ours; any other error as it is. Of AWS's sentence only
 * the operation and the kind of policy are kept, since it names resources as somebody named them
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).
 */
export function asDenial(error: unknown, target: string): unknown {
  if (!(error instanceof Error && hasName(error, ...CODES))) return error;
  const [, operation = 'a call'] = /not authorized to perform: ([\w-]+:\w+)/.exec(error.message) ?? [];
  return new CallDeniedError(target, operation, reasonIn(error.message), { cause: error });
}

const CODES = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError'];

function reasonIn(message: string): string {
  const [, denying] = new RegExp(`explicit deny in an? (${POLICIES})`).exec(message) ?? [];
  if (denying) return `a ${denying} denies it`;
  const [, silent] = new RegExp(`because no (${POLICIES}) allows`).exec(message) ?? [];
  return silent ? `no ${silent} allows it` : 'some policy does not allow it';
}

const POLICIES = [
  'service control policy',
  'resource control policy',
  'permissions boundary',
  'session policy',
  'identity-based policy',
  'resource-based policy',
  'VPC endpoint policy',
].join('|');
