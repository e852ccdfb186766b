import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Permission } from '../functions/core/account.ts';
import type { SallyportStack } from './stack.ts';

/** A rule of cdk-nag's AwsSolutions pack, and why what it found is meant to be so. */
interface Acknowledgement {
  readonly on: IConstruct;
  readonly rule: string;
  readonly reason: string;
}

/** Every finding of cdk-nag that stands, each with its reason. Whatever else it finds stops the synthesis. */
export function acknowledge(stack: SallyportStack): void {
  const all = [
    ...design(stack),
    ...storage(stack),
    ...catalogue(stack),
    ...workflow(stack),
    ...models(stack),
    ...traces(stack),
  ];
  for (const { on, rule, reason } of all) {
    Validations.of(on).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

function design({
  answering,
  consoleApi,
  projection,
  executions,
  decision,
  ledger,
}: SallyportStack): Acknowledgement[] {
  return [
    {
      on: consoleApi.api,
      rule: 'APIG4',
      reason:
        'Pages are reached by links in mails. A link gives the right to look; the function itself authenticates whoever decides, and without a configured issuer lets nobody decide.',
    },
    ...[projection.dead, executions.dead].map((on) => ({
      on,
      rule: 'SQS3',
      reason: 'It is the dead-letter queue of an event source or a rule, which the check does not see.',
    })),
    {
      on: ledger.bodies,
      rule: 'S1',
      reason:
        'Who read which body is in CloudTrail data events; access logs would need a bucket that needs logs.',
    },
    {
      on: projection.project.power,
      rule: wildcard('*'),
      reason: 'dynamodb:ListStreams, which Lambda needs to find the shards, takes no resource.',
    },
    ...[answering.console, decision.requestApproval, decision.holdLease].map(({ power: on }) => ({
      on,
      rule: wildcard('*'),
      reason: 'states:SendTaskSuccess takes no resource: holding the token is what counts.',
    })),
  ];
}

function storage(stack: SallyportStack): Acknowledgement[] {
  const { bucket } = stack.foundation.evidence;
  const { collect } = stack.evidence;
  return [
    {
      on: bucket,
      rule: 'S1',
      reason: 'As for the bodies: who read which bundle is in CloudTrail data events.',
    },
    {
      on: collect.power,
      rule: wildcard(`<${logicalId(bucket)}.Arn>/evidence/*`),
      reason: 'A bundle is named by its incident and its manifest’s hash, which nobody knows before.',
    },
    {
      on: stack,
      rule: wildcard(`<${logicalId(stack.ledger.bodies)}.Arn>/bodies/*`),
      reason: 'Bodies are named by their content hash, which nobody knows before they are written.',
    },
  ];
}

/** What actions and tools may touch is decided at run time, by the manifest and a narrowed session. */
function catalogue(stack: SallyportStack): Acknowledgement[] {
  const { actions, tools, exhibits } = stack.foundation.catalogue;
  const { analysis, evidence, remediation } = stack;
  const reading =
    'Reads whatever resource a finding names; the access levels of AWS’s reference say that it only reads.';
  const acting =
    'Any resource of the account may be under attack; each session is narrowed to the ARNs of the manifest.';
  const read = (on: IConstruct, permissions: readonly Permission[]) =>
    wildcardsOf(permissions).map((resource) => ({ on, rule: wildcard(resource), reason: reading }));
  const boundary = 'A boundary grants nothing: it allows all in order to deny what is Sallyport’s own.';
  return [
    ...[analysis.triage, analysis.investigate].flatMap(({ power }) =>
      read(power, tools.flatMap(permissionsOf)),
    ),
    ...read(evidence.collect.power, exhibits.flatMap(permissionsOf)),
    ...read(analysis.plan.power, actions.flatMap(permissionsOf)),
    ...actions.flatMap(({ id, permissions }) =>
      wildcardsOf(permissions).map((resource) => ({
        on: remediation.roles.of(id),
        rule: wildcard(resource),
        reason: acting,
      })),
    ),
    { on: remediation.roles.boundary, rule: wildcard('*'), reason: boundary },
    { on: remediation.roles.boundary, rule: 'IAM5[Action::*]', reason: boundary },
  ];
}

function workflow({ workflow: { role, stateMachine }, functions }: SallyportStack): Acknowledgement[] {
  return [
    {
      on: stateMachine,
      rule: 'SF1',
      reason:
        'The ledger holds every step; the log is for errors, and must not hold the task tokens that ALL brings.',
    },
    {
      on: role,
      rule: wildcard('*'),
      reason: 'X-Ray and the delivery of vended logs take no resource (Step Functions developer guide).',
    },
    ...functions.map((lambda) => ({
      on: role,
      rule: wildcard(`<${logicalId(lambda)}.Arn>:*`),
      reason: 'CDK grants the versions of a function together with the function.',
    })),
  ];
}

function models(stack: SallyportStack): Acknowledgement[] {
  return [stack.analysis.triage, stack.analysis.investigate].flatMap(({ power: on }) =>
    stack.analysis.modelWildcards.map((resource) => ({
      on,
      rule: wildcard(rendered(resource)),
      reason:
        'An inference profile runs its model in any region of its geography, under any of its revisions.',
    })),
  );
}

function traces({ foundation: { config }, functions }: SallyportStack): Acknowledgement[] {
  if (!config.tracing) return [];
  return functions.map(({ power }) => ({
    on: power,
    rule: wildcard('*'),
    reason: 'Sending traces to X-Ray takes no resource.',
  }));
}

function wildcard(resource: string): string {
  return `IAM5[Resource::${resource}]`;
}

function permissionsOf(holder: { readonly permissions: readonly Permission[] }): readonly Permission[] {
  return holder.permissions;
}

/** The resources with a wildcard in them, as cdk-nag writes them. */
function wildcardsOf(permissions: readonly Permission[]): string[] {
  const resources = permissions.flatMap((permission) => permission.resources);
  return [...new Set(resources)].filter((resource) => resource.includes('*')).map(rendered);
}

function rendered(resource: string): string {
  return resource
    .replaceAll('{partition}', '<AWS::Partition>')
    .replaceAll('{region}', '<AWS::Region>')
    .replaceAll('{account}', '<AWS::AccountId>');
}

function logicalId(construct: IConstruct): string {
  const child = construct.node.defaultChild;
  if (!child) throw new Error(`${construct.node.path} has no resource of its own`);
  return Stack.of(construct).getLogicalId(child as never);
}
