import { ArnFormat, Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  ArnPrincipal,
  Effect,
  type IRole,
  ManagedPolicy,
  PolicyDocument,
  PolicyStatement,
  type PrincipalBase,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Family } from '../functions/core/family.ts';
import type { Foundation } from './foundation.ts';
import { IAM_PATH, iamName, physicalName, stateMachineArn } from './names.ts';
import { secretArn } from './notify.ts';
import { toStatements } from './permissions.ts';

/** The pattern that remediating functions fill in: the account of the target and the action's id. */
export function actionRolePattern(scope: Construct): string {
  return actionRoleArn(scope, '{account}', '{action}');
}

/** The ARN of one action's role in this account. */
export function actionRoleArn(scope: Construct, account: string, action: string): string {
  return `arn:${Aws.PARTITION}:iam::${account}:role${IAM_PATH}${iamName(scope, `action-${action}`)}`;
}

interface ActionRolesProps {
  readonly foundation: Foundation;
  /** The only principal that may take the roles of its family. */
  readonly trusted: Readonly<Record<Family, IRole>>;
}

/** One role per action of the catalogue, with what the action declares and nothing else. */
export class ActionRoles extends Construct {
  readonly boundary: ManagedPolicy;
  private readonly roles = new Map<string, Role>();

  constructor(scope: Construct, id: string, { foundation, trusted }: ActionRolesProps) {
    super(scope, id);
    this.boundary = new ManagedPolicy(this, 'Boundary', {
      managedPolicyName: iamName(this, 'action-boundary'),
      path: IAM_PATH,
      description: 'Keeps every action away from what Sallyport itself stands on',
      document: handsOff(this, foundation),
    });
    for (const action of foundation.catalogue.actions) {
      const caller = trusted[action.family];
      const role = new Role(this, action.id, {
        roleName: iamName(this, `action-${action.id}`),
        path: IAM_PATH,
        description: action.title,
        assumedBy: forIncidents(caller),
        maxSessionDuration: Duration.hours(1),
        permissionsBoundary: this.boundary,
        inlinePolicies: {
          action: new PolicyDocument({
            statements: toStatements(action.permissions, foundation.config.forensicsAccount),
          }),
        },
      });
      trustForIncidents(role, caller);
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

/** Trust in one function's role, for sessions that say which incident they are for. */
function trustForIncidents(role: Role, caller: IRole): void {
  role.assumeRolePolicy?.addStatements(
    new PolicyStatement({ actions: ['sts:SetSourceIdentity'], principals: [forIncidents(caller)] }),
  );
}

function forIncidents(caller: IRole): PrincipalBase {
  return new ArnPrincipal(caller.roleArn).withConditions({ StringLike: { 'sts:SourceIdentity': 'INC-*' } });
}

/** The boundary: anything in the account, but nothing of Sallyport's own. */
function handsOff(
  scope: Construct,
  { config: { slack }, ledger, coordination, bodies, evidence, key }: Foundation,
): PolicyDocument {
  const stack = Stack.of(scope);
  const ours = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({
      service,
      resource,
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  const iam = (kind: string) => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:${kind}${IAM_PATH}*`;
  const own = physicalName('*');
  return new PolicyDocument({
    statements: [
      new PolicyStatement({ sid: 'Anything', actions: ['*'], resources: ['*'] }),
      new PolicyStatement({
        sid: 'ButNothingOfSallyport',
        effect: Effect.DENY,
        actions: ['*'],
        resources: [
          ledger.tableArn,
          `${ledger.tableArn}/*`,
          coordination.tableArn,
          `${coordination.tableArn}/*`,
          bodies.bucketArn,
          bodies.arnForObjects('*'),
          evidence.bucket.bucketArn,
          evidence.bucket.arnForObjects('*'),
          evidence.key.keyArn,
          key.keyArn,
          ...(slack ? [secretArn(scope, slack.secretName)] : []),
          iam('role'),
          iam('policy'),
          stateMachineArn(scope),
          ours('states', 'execution', `${own}:*`),
          ours('lambda', 'function', own),
          ours('logs', 'log-group', `/aws/lambda/${own}`),
          ours('logs', 'log-group', '/aws/vendedlogs/states/sallyport-*'),
          ours('cloudwatch', 'alarm', own),
          stack.formatArn({ service: 'events', resource: 'rule', resourceName: `${stack.stackName}-*` }),
          stack.formatArn({
            service: 'cloudformation',
            resource: 'stack',
            resourceName: `${stack.stackName}/*`,
          }),
          stack.formatArn({ service: 'sqs', resource: own }),
          stack.formatArn({ service: 'sns', resource: own }),
        ],
      }),
    ],
  });
}
