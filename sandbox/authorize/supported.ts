import { assertConditionsSupported } from './conditions.ts';
import { asList, type PolicyDocument } from './policy.ts';
import { UnknownConditionError } from './unknown-condition.ts';

/** Refuses a policy at load time that {@link evaluate} could not judge faithfully. */
export function assertSupported(document: PolicyDocument): void {
  for (const statement of asList(document.Statement)) {
    assertConditionsSupported(statement.Condition);
    const resources = [...asList(statement.Resource), ...asList(statement.NotResource)];
    const variable = resources.find((resource) => resource.includes('${'));
    if (variable !== undefined) throw new UnknownConditionError(`the policy variable in ${variable}`);
  }
}
