import type { Requirement } from '../../wire/service.ts';
import { secretArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { tagContext } from '../tags.ts';
import type { SecretState } from './state.ts';

/** Where a call acts: the caller's account, in the region that the client signed for. */
export interface Scope {
  readonly cloud: Cloud;
  readonly account: string;
  readonly region: string;
}

export function arnOf({ name, suffix }: SecretState, { account, region }: Scope): string {
  return secretArn(account, region, `${name}-${suffix}`);
}

/** By name, by ARN, or by an ARN that lacks the six characters at its end. */
export function secretOf(reference: string | undefined, scope: Scope): SecretState | undefined {
  const { secrets } = scope.cloud.region(scope.account, scope.region).secretsmanager;
  const all = Object.values(secrets);
  return (
    find(secrets, reference) ??
    all.find((secret) => arnOf(secret, scope) === reference) ??
    all.find(({ name }) => secretArn(scope.account, scope.region, name) === reference)
  );
}

export function requirementOf(
  name: string,
  reference = '',
  secret: SecretState | undefined,
  scope: Scope,
  context: Requirement['context'],
): Requirement {
  const named = reference.startsWith('arn:')
    ? reference
    : secretArn(scope.account, scope.region, `${reference}-??????`);
  return {
    action: `secretsmanager:${name}`,
    resource: secret ? arnOf(secret, scope) : named,
    context: { ...tagContext(secret?.tags), ...context },
  };
}
