import { cedarEngine } from '../adapters/cedar.ts';
import { guardrails } from '../generated/policies.gen.ts';

/** The policy engine over the guardrails that were compiled into this function. */
export function openPolicy(): ReturnType<typeof cedarEngine> {
  return cedarEngine(guardrails.policies, guardrails.schema);
}
