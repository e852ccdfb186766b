import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Action } from '../functions/core/account.ts';
import { ActionRoles, actionRoleArn, actionRolePattern } from './actions.ts';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';

/** The two functions that may change an account, each through the roles of its own family of actions. */
export class Remediation extends Construct {
  readonly remediate: SallyportFunction;
  readonly remediatePolicy: SallyportFunction;
  readonly roles: ActionRoles;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    const remediator = (
      constructId: string,
      name: 'remediate' | 'remediate-policy',
      family: Action['family'],
    ) =>
      new SallyportFunction(this, constructId, foundation, {
        name,
        timeout: Duration.minutes(10),
        cedar: true,
        appends: ['INC-*#effect'],
        coordination: { read: ['mode'], write: ['lock#*'] },
        statements: this.assume(foundation, family),
        environment: { ACTION_ROLE_ARN: actionRolePattern(this) },
      });
    this.remediate = remediator('Remediate', 'remediate', 'resource');
    this.remediatePolicy = remediator('RemediatePolicy', 'remediate-policy', 'policy');
    this.roles = new ActionRoles(this, 'Actions', {
      foundation,
      trusted: { resource: this.remediate.power, policy: this.remediatePolicy.power },
    });
  }

  private assume({ catalogue }: Foundation, family: Action['family']): PolicyStatement[] {
    const actions = catalogue.actions.filter((action) => action.family === family);
    if (actions.length === 0) return [];
    return [
      new PolicyStatement({
        actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        resources: actions.map(({ id }) => actionRoleArn(this, Aws.ACCOUNT_ID, id)),
      }),
    ];
  }
}
