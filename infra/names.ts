import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Every function: the file of its handler in functions/handlers, and its name after `sallyport-`. */
export const functionNames = [
  'ingest',
  'triage',
  'investigate',
  'plan',
  'collect',
  'decide',
  'request-approval',
  'wake',
  'remediate-compute',
  'remediate-data',
  'remediate-identity',
  'remediate-network',
  'remediate-policy',
  'hold-lease',
  'watch-health',
  'close',
  'escalate',
  'console',
  'project',
  'compile-intelligence',
  'intake',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** The path of every role and policy of Sallyport: one ARN pattern keeps actions away from all of them. */
export const IAM_PATH = '/sallyport/';

export const STATE_MACHINE = 'sallyport-incident';

/** Names a function, queue or log group; these are regional already. */
export function physicalName(name: string): string {
  return `sallyport-${name}`;
}

/** Names a role or policy. IAM is global, so that two regions of one account must differ by name. */
export function iamName(scope: Construct, name: string): string {
  return `sallyport-${name}-${Stack.of(scope).region}`;
}

/** The ARN of a role of Sallyport in any account: hub and members name each other's roles before they exist. */
export function roleArn(scope: Construct, account: string, name: string): string {
  return `arn:${Aws.PARTITION}:iam::${account}:role${IAM_PATH}${iamName(scope, name)}`;
}

/** The name of an action's role, in the hub's account and in each member's. */
export function actionRole(action: string): string {
  return `action-${action}`;
}

/** The name of the role that reads a member account. */
export const READER_ROLE = 'reader';

/** The name of the role that reads what is kept as evidence, in the hub's account and in each member's. */
export const EVIDENCE_READER_ROLE = 'evidence-reader';

/** The name of the role with which a member account sends its findings to the hub. */
export const FORWARD_ROLE = 'forward';

/** The state machine's ARN from its name: its functions hold it too, and a reference would be a cycle. */
export function stateMachineArn(scope: Construct): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: STATE_MACHINE,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
