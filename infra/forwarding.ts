import { Stack } from 'aws-cdk-lib';
import { CfnEventBusPolicy, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as BusTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Config, Organization } from './config.ts';
import { organizationOf } from './config.ts';
import { findingPatterns } from './finding-patterns.ts';
import { FORWARD_ROLE, IAM_PATH, iamName, roleArn } from './names.ts';

/** A member's findings, sent on to the hub's bus as AWS's services put them on the member's. */
export class Forwarding extends Construct {
  constructor(scope: Construct, id: string, { hubAccount }: Organization) {
    super(scope, id);
    const bus = defaultBus(this, hubAccount);
    const role = new Role(this, 'Role', {
      roleName: iamName(this, FORWARD_ROLE),
      path: IAM_PATH,
      description: 'Sends findings to the hub, and nothing else',
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
    });
    for (const [name, eventPattern] of findingPatterns())
      new Rule(this, name, {
        eventPattern,
        targets: [new BusTarget(EventBus.fromEventBusArn(this, `${name}Bus`, bus), { role })],
      });
  }
}

/**
 * Lets the members' rules put findings on the hub's default bus. Only a rule can bring an event of an AWS service:
 * PutEvents refuses a source that begins with `aws.`
 * (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html).
 */
export function acceptForwarded(scope: Construct, config: Config): void {
  if (!config.forwardFindings || config.accounts.length === 0) return;
  const { organizationId } = organizationOf(config);
  const patterns = findingPatterns().map(([, pattern]) => pattern);
  const senders = config.accounts.map((account) => roleArn(scope, account, FORWARD_ROLE));
  const statement = new PolicyStatement({
    sid: 'FindingsOfMembers',
    principals: [new StarPrincipal()],
    actions: ['events:PutEvents'],
    resources: [defaultBus(scope, Stack.of(scope).account)],
    conditions: {
      StringEquals: {
        'aws:PrincipalOrgID': organizationId,
        'events:source': [...new Set(patterns.flatMap(({ source = [] }) => source))],
      },
      ArnEquals: { 'aws:PrincipalArn': senders },
    },
  });
  new CfnEventBusPolicy(scope, 'FindingsOfMembers', {
    eventBusName: 'default',
    statementId: 'sallyport-findings-of-members',
    statement: new PolicyDocument({ statements: [statement] }).toJSON().Statement[0],
  });
}

function defaultBus(scope: Construct, account: string): string {
  return Stack.of(scope).formatArn({
    service: 'events',
    resource: 'event-bus',
    resourceName: 'default',
    account,
  });
}
