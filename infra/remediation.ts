import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type Family, families, remediationState } from '../functions/core/family.ts';
import { ActionRoles, actionRoleArn, actionRolePattern } from './actions.ts';
import { evidenceGoesTo } from './evidence-store.ts';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';

/** The functions that may change an account, each through the roles of its own family of actions. */
export class Remediation extends Construct {
  readonly functions: Readonly<Record<Family, SallyportFunction>>;
  readonly roles: ActionRoles;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    this.functions = ofEachFamily((family) => this.remediator(foundation, family));
    const trusted = ofEachFamily((family) => this.functions[family].power);
    this.roles = new ActionRoles(this, 'Actions', { foundation, trusted });
  }

  private remediator(foundation: Foundation, family: Family): SallyportFunction {
    return new SallyportFunction(this, remediationState(family), foundation, {
      name: `remediate-${family}`,
      timeout: Duration.minutes(10),
      cedar: true,
      appends: ['INC-*#effect'],
      coordination: { read: ['mode'], write: ['lock#*', 'budget#*'] },
      statements: this.assume(foundation, family),
      environment: { ACTION_ROLE_ARN: actionRolePattern(this), ...evidenceGoesTo(foundation.config) },
    });
  }

  private assume({ catalogue }: Foundation, family: Family): PolicyStatement[] {
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

function ofEachFamily<Value>(make: (family: Family) => Value): Readonly<Record<Family, Value>> {
  return Object.fromEntries(families.map((family) => [family, make(family)])) as Record<Family, Value>;
}
