import type { AuthorizationAnswer } from '@cedar-policy/cedar-wasm/nodejs';
import { digest } from '../core/canonical.ts';
import {
  cedar,
  describePolicies,
  PolicySourceError,
  type PolicySources,
  policiesAbout,
  policyId,
  wordsOf,
} from './cedar-policies.ts';
import type { CedarRequest } from './cedar-request.ts';

/** What Cedar said, with the policies that made it say so. */
export type Answer =
  | { readonly allowed: true; readonly policies: readonly string[] }
  | { readonly allowed: false; readonly policies: readonly string[]; readonly reason: string };

/** `against-schema` is for answers that give power, not for those that tell what to ask people: a yes is asked for twice. */
export type Authorizer = (request: () => CedarRequest, how?: 'against-schema') => Answer;

/** Parses policies and schema when they are first needed. Never throws: whatever goes wrong is a no with its reason. */
export function cedarAuthorizer(sources: PolicySources, schema: string): Authorizer {
  const name = digest({ sources, schema });
  const prepared = new Set<string>();
  const prepareOnce = (id: string, prepare: (id: string) => void) => {
    if (prepared.has(id)) return;
    prepare(id);
    prepared.add(id);
  };
  let explained: ReadonlyMap<string, string> | undefined;
  const explain = (id: string) => {
    explained ??= new Map(describePolicies(sources).map((policy) => [policy.id, policy.says]));
    return explained.get(id) ?? id;
  };
  return (ask, how) => {
    try {
      const request = ask();
      const action = request.action.id;
      const policySet = `${name}#${action}`;
      prepareOnce(policySet, (id) => preparePolicies(id, policiesAbout(action, sources)));
      const call = { ...request, preparsedPolicySetId: policySet };
      const answer = answerOf(cedar().statefulIsAuthorized(call), explain);
      if (!answer.allowed || how !== 'against-schema') return answer;
      prepareOnce(name, (id) => prepareSchema(id, schema));
      const checked = { ...call, preparsedSchemaName: name, validateRequest: true };
      return answerOf(cedar().statefulIsAuthorized(checked), explain);
    } catch (error) {
      return denied([], `the policy engine failed: ${String(error)}`);
    }
  };
}

function answerOf(answer: AuthorizationAnswer, explain: (policy: string) => string): Answer {
  if (answer.type === 'failure') return denied([], `Cedar refused the request: ${wordsOf(answer.errors)}`);
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0) {
    const failed = diagnostics.errors.map(({ policyId }) => policyId).sort();
    return denied(failed, `these policies failed while deciding: ${failed.join(', ')}`);
  }
  const policies = [...diagnostics.reason].sort();
  if (decision === 'allow') return { allowed: true, policies };
  return denied(policies, policies.map(explain).join(' ') || 'no policy permits this');
}

function denied(policies: readonly string[], reason: string): Answer {
  return { allowed: false, policies, reason };
}

function preparePolicies(id: string, sources: PolicySources): void {
  const staticPolicies = Object.fromEntries(
    Object.entries(sources).map(([file, text]) => [policyId(file), text]),
  );
  const answer = cedar().preparsePolicySet(id, { staticPolicies });
  if (answer.type === 'failure') throw new PolicySourceError(wordsOf(answer.errors));
}

function prepareSchema(id: string, schema: string): void {
  const answer = cedar().preparseSchema(id, schema);
  if (answer.type === 'failure') throw new PolicySourceError(`schema: ${wordsOf(answer.errors)}`);
}
