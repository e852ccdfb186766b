import type * as cloudformation from '@aws-sdk/client-cloudformation';
import { AwsError, type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { type StackResourceState, type StackState, stacksIn } from './state.ts';

/** More are not answered, and there is no next page. */
const MOST_RESOURCES = 100;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html */
export function stackOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeStackResources: operation<
      cloudformation.DescribeStackResourcesCommandInput,
      cloudformation.DescribeStackResourcesCommandOutput
    >({
      requires: onStack('DescribeStackResources'),
      handle(input, { account }, { region }) {
        const stack = stackOf(Object.values(stacksIn(cloud, account, region)), input);
        const wanted = stack.resources.filter(
          ({ logicalId }) => !input.LogicalResourceId || logicalId === input.LogicalResourceId,
        );
        return { StackResources: wanted.slice(0, MOST_RESOURCES).map((one) => toResource(stack, one)) };
      },
    }),
    DescribeStacks: operation<
      cloudformation.DescribeStacksCommandInput,
      cloudformation.DescribeStacksCommandOutput
    >({
      requires: onStack('DescribeStacks'),
      handle(input, { account }, { region }) {
        const stacks = stacksIn(cloud, account, region);
        const wanted =
          input.StackName === undefined ? Object.values(stacks) : [named(stacks, input.StackName)];
        return { Stacks: wanted.map(toStack) };
      },
    }),
  };
}

/** The stack is the resource, where its ARN is given; its name alone is none. */
function onStack(name: string) {
  return ({ StackName: stack }: { readonly StackName?: string | undefined }) => [
    { action: `cloudformation:${name}`, resource: stack?.startsWith('arn:') ? stack : '*' },
  ];
}

function stackOf(
  stacks: readonly StackState[],
  { StackName: name, PhysicalResourceId: id }: cloudformation.DescribeStackResourcesCommandInput,
): StackState {
  if ((name === undefined) === (id === undefined))
    throw new AwsError(
      'ValidationError',
      'Exactly one of StackName and PhysicalResourceId must be specified',
    );
  if (name !== undefined) return named(Object.fromEntries(stacks.map((stack) => [stack.name, stack])), name);
  const stack = stacks.find(({ resources }) => resources.some(({ physicalId }) => physicalId === id));
  if (!stack) throw new AwsError('ValidationError', `Stack for ${id} does not exist`);
  return stack;
}

/** By name, or by ARN. */
function named(stacks: Readonly<Record<string, StackState>>, name: string): StackState {
  const stack = find(stacks, name) ?? Object.values(stacks).find(({ arn }) => arn === name);
  if (!stack) throw new AwsError('ValidationError', `Stack with id ${name} does not exist`);
  return stack;
}

function toStack({ name, arn, status, createdAt, resources }: StackState): cloudformation.Stack {
  const checks = resources.flatMap(({ drift }) => drift ?? []);
  const isDrifted = checks.some(({ status: found }) => found === 'MODIFIED' || found === 'DELETED');
  const last = checks
    .map(({ checkedAt }) => checkedAt)
    .sort()
    .at(-1);
  return {
    StackName: name,
    StackId: arn,
    CreationTime: new Date(createdAt),
    StackStatus: status as cloudformation.StackStatus,
    DriftInformation: last
      ? { StackDriftStatus: isDrifted ? 'DRIFTED' : 'IN_SYNC', LastCheckTimestamp: new Date(last) }
      : { StackDriftStatus: 'NOT_CHECKED' },
  };
}

function toResource(
  { name, arn, createdAt }: StackState,
  { logicalId, physicalId, type, status, drift }: StackResourceState,
): cloudformation.StackResource {
  return {
    StackName: name,
    StackId: arn,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: new Date(createdAt),
    ResourceStatus: status as cloudformation.ResourceStatus,
    DriftInformation: drift
      ? {
          StackResourceDriftStatus: drift.status as cloudformation.StackResourceDriftStatus,
          LastCheckTimestamp: new Date(drift.checkedAt),
        }
      : { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}
