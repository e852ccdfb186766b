import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Permission } from '../functions/core/account.ts';
import { families } from '../functions/core/family.ts';
import type { ActionRoles } from './actions.ts';
import { rolesInMembers } from './members.ts';
import { EVIDENCE_READER_ROLE, READER_ROLE } from './names.ts';
import {
  asksForTags,
  type Catalogue,
  exhibitReads,
  planReads,
  tagReads,
  toolReads,
  watchReads,
} from './permissions.ts';
import { rolesOfFamily } from './remediation.ts';
import { memberReads, type SpokeStack } from './spoke.ts';
import type { SallyportStack } from './stack.ts';

/** A rule of cdk-nag's AwsSolutions pack, and why what it found is meant to be so. */
interface Acknowledgement {
  readonly on: IConstruct;
  readonly rule: string;
  readonly reason: string;
}

/** Every finding of cdk-nag that stands, each with its reason. Whatever else it finds stops the synthesis. */
export function acknowledge(stack: SallyportStack): void {
  record([
    ...design(stack),
    ...storage(stack),
    ...catalogue(stack),
    ...members(stack),
    ...workflow(stack),
    ...models(stack),
    ...traces(stack),
  ]);
}

/** As {@link acknowledge}, for what a member account deploys. */
export function acknowledgeSpoke(spoke: SpokeStack, known: Catalogue): void {
  record([
    ...touching(spoke.reader, memberReads(known), READING),
    ...touching(spoke.evidenceReader, exhibitReads(known), READING),
    ...actionRoles(spoke.roles, known),
  ]);
}

function record(all: readonly Acknowledgement[]): void {
  for (const { on, rule, reason } of all) {
    Validations.of(on).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

function design({
  answering,
  consoleApi,
  webhook,
  projection,
  intelligence,
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
    ...(webhook
      ? [
          {
            on: webhook.api,
            rule: 'APIG4',
            reason:
              'Senders are no principals of AWS: the function itself checks their signature, and can only put a message into one queue.',
          },
        ]
      : []),
    ...[projection.dead, executions.dead, intelligence.dead].map((on) => ({
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
    ...[answering.console, decision.requestApproval, decision.wake, decision.holdLease].map(
      ({ power: on }) => ({
        on,
        rule: wildcard('*'),
        reason: 'states:SendTaskSuccess takes no resource: holding the token is what counts.',
      }),
    ),
  ];
}

function storage(stack: SallyportStack): Acknowledgement[] {
  const { bucket } = stack.foundation.evidence;
  const { collect } = stack.evidence;
  const { intelligence: feeds } = stack.foundation;
  return [
    {
      on: feeds,
      rule: 'S1',
      reason: 'As for the bodies: who read or replaced a feed is in CloudTrail data events.',
    },
    {
      on: stack.intelligence.compile.power,
      rule: wildcard(`<${logicalId(feeds)}.Arn>/feeds/*`),
      reason: 'The owner names the files of his feeds.',
    },
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

const READING =
  'Reads whatever resource a finding names; the access levels of AWS’s reference say that it only reads.';

/** What actions and tools may touch is decided at run time, by the manifest and a narrowed session. */
function catalogue(stack: SallyportStack): Acknowledgement[] {
  const { foundation, analysis, evidence, remediation } = stack;
  return [
    ...[analysis.triage, analysis.investigate].flatMap(({ power }) =>
      touching(power, toolReads(foundation.catalogue), READING),
    ),
    ...touching(evidence.reader, exhibitReads(foundation.catalogue), READING),
    ...touching(analysis.plan.power, planReads(foundation.catalogue), READING),
    ...readingTags(stack).flatMap((power) => touching(power, tagReads(foundation.catalogue), READING)),
    ...touching(analysis.watchHealth.power, watchReads(foundation.catalogue), READING),
    ...actionRoles(remediation.roles, foundation.catalogue),
  ];
}

/** What takes findings in, where a suppression asks for a tag. */
function readingTags({ intake, foundation }: SallyportStack): IConstruct[] {
  return asksForTags(foundation.owners.suppressions) ? [intake.ingest.power] : [];
}

function actionRoles(roles: ActionRoles, { actions }: Catalogue): Acknowledgement[] {
  const acting =
    'Any resource of the account may be under attack; each session is narrowed to the ARNs of the manifest.';
  const boundary = 'A boundary grants nothing: it allows all in order to deny what is Sallyport’s own.';
  return [
    ...actions.flatMap(({ id, permissions }) => touching(roles.of(id), permissions, acting)),
    { on: roles.boundary, rule: wildcard('*'), reason: boundary },
    { on: roles.boundary, rule: 'IAM5[Action::*]', reason: boundary },
  ];
}

/** The hub's way into its member accounts. */
function members(stack: SallyportStack): Acknowledgement[] {
  const { analysis, evidence, remediation, foundation } = stack;
  const entering = (on: IConstruct, names: readonly string[]) =>
    rolesInMembers(stack, names).map((arn) => ({
      on,
      rule: wildcard(asWritten(stack, arn)),
      reason: 'The condition beside it names the accounts.',
    }));
  return [
    ...[analysis.triage, analysis.investigate, analysis.plan, analysis.watchHealth].flatMap(({ power }) =>
      entering(power, [READER_ROLE]),
    ),
    ...readingTags(stack).flatMap((power) => entering(power, [READER_ROLE])),
    ...entering(evidence.collect.power, [EVIDENCE_READER_ROLE]),
    ...families.flatMap((family) =>
      entering(remediation.functions[family].power, rolesOfFamily(foundation.catalogue, family)),
    ),
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

function touching(on: IConstruct, permissions: readonly Permission[], reason: string): Acknowledgement[] {
  return wildcardsOf(permissions).map((resource) => ({ on, rule: wildcard(resource), reason }));
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

/** A text with references in it, as cdk-nag writes them. */
function asWritten(stack: Stack, text: string): string {
  const { 'Fn::Join': join } = stack.resolve(text) as {
    'Fn::Join': [string, (string | { readonly Ref: string })[]];
  };
  return join[1].map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join(join[0]);
}

function logicalId(construct: IConstruct): string {
  const child = construct.node.defaultChild;
  if (!child) throw new Error(`${construct.node.path} has no resource of its own`);
  return Stack.of(construct).getLogicalId(child as never);
}
