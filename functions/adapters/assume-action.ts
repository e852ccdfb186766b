import type { Action } from '../core/account.ts';
import type { PlannedAction } from '../core/plan.ts';
import { fillResource, type Place } from '../core/resource-pattern.ts';
import type { Credentials } from './account-clients.ts';
import { type Sts, stsClient, takeRole } from './take-role.ts';

export interface Assumption {
  readonly action: Action;
  readonly planned: PlannedAction;
  readonly incident: string;
  /** An ARN with `{account}` and `{action}`. */
  readonly roleArnPattern: string;
  readonly sts?: Sts;
}

/** STS's shortest session; no action takes longer. */
const SECONDS = 15 * 60;

/** Takes the action's own role, for a quarter of an hour, narrowed to what the plan names. */
export async function assumeAction(assumption: Assumption): Promise<Credentials> {
  const { action, planned, incident, roleArnPattern, sts = stsClient(planned.target.region) } = assumption;
  const roleArn = fillResource(roleArnPattern, planned.target).replaceAll('{action}', action.id);
  return takeRole({ roleArn, incident, seconds: SECONDS, policy: sessionPolicy(action, planned) }, sts);
}

/**
 * The session policy: the role's permissions on this plan's resources alone. Conditions stay with the role, whose
 * policies apply as well; AWS allows a session policy of 2,048 characters
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
 */
export function sessionPolicy(action: Action, planned: PlannedAction): string {
  const statements = action.permissions.flatMap(({ actions, resources, narrow }) => {
    const named = narrow ? narrow(planned) : resources;
    return named.length === 0 ? [] : [statement(actions, named, planned.target)];
  });
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  if (policy.length > 2048)
    throw new RangeError(
      `the session policy of ${action.id} takes ${policy.length} characters and STS allows 2048: the target has too many parts; split the plan`,
    );
  return policy;
}

function statement(actions: readonly string[], resources: readonly string[], place: Place): object {
  return {
    Effect: 'Allow',
    Action: actions,
    Resource: resources.map((pattern) => fillResource(pattern, place)),
  };
}
