import { digest } from '../core/canonical.ts';
import {
  cedar,
  describePolicies,
  PolicySourceError,
  type PolicySources,
  policyId,
  wordsOf,
} from './cedar-policies.ts';
import type { CedarRequest } from './cedar-request.ts';

/** What Cedar said, with the policies that made it say so. */
export type Answer =
  | { readonly allowed: true; readonly policies: readonly string[] }
  | { readonly allowed: false; readonly policies: readonly string[]; readonly reason: string };

/** `against-schema` costs twice as much and is for answers that give power, not for those that tell what to ask people. */
export type Authorizer = (request: () => CedarRequest, how?: 'against-schema') => Answer;

/** Parses policies and schema when they are first needed. Never throws: whatever goes wrong is a no with its reason. */
export function cedarAuthorizer(sources: PolicySources, schema: string): Authorizer {
  const name = digest({ sources, schema });
  const parsePolicies = once(() => preparePolicies(name, sources));
  const parseSchema = once(() => prepareSchema(name, schema));
  const explained = once(() => new Map(describePolicies(sources).map(({ id, says }) => [id, says])));
  const explain = (id: string) => explained().get(id) ?? id;
  return (request, how) => {
    try {
      parsePolicies();
      const answer = authorize({ name, explain, request: request() });
      if (!answer.allowed || how !== 'against-schema') return answer;
      parseSchema();
      return authorize({ name, explain, request: request(), schema: name });
    } catch (error) {
      return denied([], `the policy engine failed: ${String(error)}`);
    }
  };
}

interface Call {
  readonly name: string;
  readonly explain: (policy: string) => string;
  readonly request: CedarRequest;
  readonly schema?: string;
}

function authorize({ name, explain, request, schema }: Call): Answer {
  const validation = schema ? { preparsedSchemaName: schema, validateRequest: true } : {};
  const answer = cedar().statefulIsAuthorized({ ...request, ...validation, preparsedPolicySetId: name });
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

function preparePolicies(name: string, sources: PolicySources): true {
  const staticPolicies = Object.fromEntries(
    Object.entries(sources).map(([file, text]) => [policyId(file), text]),
  );
  const answer = cedar().preparsePolicySet(name, { staticPolicies });
  if (answer.type === 'failure') throw new PolicySourceError(wordsOf(answer.errors));
  return true;
}

function prepareSchema(name: string, schema: string): true {
  const answer = cedar().preparseSchema(name, schema);
  if (answer.type === 'failure') throw new PolicySourceError(`schema: ${wordsOf(answer.errors)}`);
  return true;
}

/** Keeps the first result; a failure is tried again at the next call. */
function once<T extends object | true>(work: () => T): () => T {
  let result: T | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
