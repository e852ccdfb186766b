import { ArnFormat, Aws, Duration, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type Family, families, remediationState } from '../functions/core/family.ts';
import { ActionRoles } from './actions.ts';
import { evidenceGoesTo } from './evidence-store.ts';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { TAKE_ROLE, takeInMembers } from './members.ts';
import { actionRole, physicalName, roleArn, stateMachineArn } from './names.ts';
import { secretArn } from './notify.ts';
import type { Catalogue } from './permissions.ts';

/** The functions that may change an account, each through the roles of its own family of actions. */
export class Remediation extends Construct {
  readonly functions: Readonly<Record<Family, SallyportFunction>>;
  readonly roles: ActionRoles;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    this.functions = ofEachFamily((family) => this.remediator(foundation, family));
    this.roles = new ActionRoles(this, 'Actions', {
      actions: foundation.catalogue.actions,
      trusted: (family) => new ArnPrincipal(this.functions[family].power.roleArn),
      standsOn: standsOn(this, foundation),
      forensicsAccount: foundation.config.forensicsAccount,
    });
  }

  private remediator(foundation: Foundation, family: Family): SallyportFunction {
    return new SallyportFunction(this, remediationState(family), foundation, {
      name: `remediate-${family}`,
      timeout: Duration.minutes(10),
      cedar: true,
      appends: ['INC-*#effect'],
      coordination: { read: ['mode'], write: ['lock#*', 'budget#*'] },
      statements: this.assume(foundation, family),
      environment: {
        // The account of the target and the action's id are filled in.
        ACTION_ROLE_ARN: roleArn(this, '{account}', actionRole('{action}')),
        ...evidenceGoesTo(foundation.config),
      },
    });
  }

  private assume({ catalogue, config }: Foundation, family: Family): PolicyStatement[] {
    const names = rolesOfFamily(catalogue, family);
    if (names.length === 0) return [];
    const resources = names.map((name) => roleArn(this, Aws.ACCOUNT_ID, name));
    return [new PolicyStatement({ actions: TAKE_ROLE, resources }), ...takeInMembers(this, config, names)];
  }
}

/** The names of the roles that a family's function may take. */
export function rolesOfFamily({ actions }: Catalogue, family: Family): string[] {
  return actions.filter((action) => action.family === family).map(({ id }) => actionRole(id));
}

function ofEachFamily<Value>(make: (family: Family) => Value): Readonly<Record<Family, Value>> {
  return Object.fromEntries(families.map((family) => [family, make(family)])) as Record<Family, Value>;
}

function standsOn(
  scope: Construct,
  { config: { slack }, ledger, coordination, bodies, evidence, intelligence, key }: Foundation,
): string[] {
  const stack = Stack.of(scope);
  const ours = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const own = physicalName('*');
  return [
    ledger.tableArn,
    `${ledger.tableArn}/*`,
    coordination.tableArn,
    `${coordination.tableArn}/*`,
    bodies.bucketArn,
    bodies.arnForObjects('*'),
    evidence.bucket.bucketArn,
    evidence.bucket.arnForObjects('*'),
    evidence.key.keyArn,
    intelligence.bucketArn,
    intelligence.arnForObjects('*'),
    key.keyArn,
    ...(slack ? [secretArn(scope, slack.secretName)] : []),
    stateMachineArn(scope),
    ours('states', 'execution', `${own}:*`),
    ours('lambda', 'function', own),
    ours('logs', 'log-group', `/aws/lambda/${own}`),
    ours('logs', 'log-group', '/aws/vendedlogs/states/sallyport-*'),
    ours('cloudwatch', 'alarm', own),
    stack.formatArn({ service: 'sqs', resource: own }),
    stack.formatArn({ service: 'sns', resource: own }),
  ];
}
