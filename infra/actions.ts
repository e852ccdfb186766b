import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  Effect,
  ManagedPolicy,
  PolicyDocument,
  PolicyStatement,
  type PrincipalBase,
  type Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Action } from '../functions/core/account.ts';
import type { Family } from '../functions/core/family.ts';
import { actionRole, IAM_PATH, iamName } from './names.ts';
import { toStatements } from './permissions.ts';
import { trustForIncidents } from './trust.ts';

interface ActionRolesProps {
  readonly actions: readonly Action[];
  /** The only principal that may take the roles of its family. */
  readonly trusted: (family: Family) => PrincipalBase;
  /** ARNs of what Sallyport stands on in this account, beside its roles, policies, rules and stack. */
  readonly standsOn: readonly string[];
  /** The only account that evidence may be shared with; without it, none. */
  readonly forensicsAccount: string | undefined;
}

/** One role per action of the catalogue, with what the action declares and nothing else: in hub and members alike. */
export class ActionRoles extends Construct {
  readonly boundary: ManagedPolicy;
  private readonly roles = new Map<string, Role>();

  constructor(scope: Construct, id: string, props: ActionRolesProps) {
    super(scope, id);
    const { actions, trusted, standsOn, forensicsAccount } = props;
    this.boundary = new ManagedPolicy(this, 'Boundary', {
      managedPolicyName: iamName(this, 'action-boundary'),
      path: IAM_PATH,
      description: 'Keeps every action away from what Sallyport itself stands on',
      document: handsOff(this, standsOn),
    });
    for (const action of actions) {
      const role = trustForIncidents(this, action.id, trusted(action.family), {
        roleName: iamName(this, actionRole(action.id)),
        path: IAM_PATH,
        description: action.title,
        maxSessionDuration: Duration.hours(1),
        permissionsBoundary: this.boundary,
        inlinePolicies: {
          action: new PolicyDocument({ statements: toStatements(action.permissions, forensicsAccount) }),
        },
      });
      this.roles.set(action.id, role);
    }
  }

  /** The role of an action. */
  of(action: string): Role {
    const role = this.roles.get(action);
    if (!role) throw new Error(`${action} is no action of the catalogue`);
    return role;
  }
}

/** The boundary: anything in the account, but nothing of Sallyport's own. A StackSet names its stacks itself. */
function handsOff(scope: Construct, standsOn: readonly string[]): PolicyDocument {
  const stack = Stack.of(scope);
  const iam = (kind: string) => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:${kind}${IAM_PATH}*`;
  return new PolicyDocument({
    statements: [
      new PolicyStatement({ sid: 'Anything', actions: ['*'], resources: ['*'] }),
      new PolicyStatement({
        sid: 'ButNothingOfSallyport',
        effect: Effect.DENY,
        actions: ['*'],
        resources: [
          ...standsOn,
          iam('role'),
          iam('policy'),
          stack.formatArn({ service: 'events', resource: 'rule', resourceName: `${Aws.STACK_NAME}-*` }),
          stack.formatArn({
            service: 'cloudformation',
            resource: 'stack',
            resourceName: `${Aws.STACK_NAME}/*`,
          }),
        ],
      }),
    ],
  });
}
