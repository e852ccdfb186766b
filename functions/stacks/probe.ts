import {
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import type { KeepingStack, StackAnswer } from '../core/infrastructure-as-code.ts';
import { causeOf, hasName } from '../core/named-error.ts';
import type { Target } from '../core/plan.ts';
import type { StackProbe } from '../core/ports.ts';
import type { Place } from '../core/resource-pattern.ts';
import type { Reader } from './operations.ts';
import { type StackResourceName, stackResourceOf } from './resources.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html */
const MOST_RESOURCES = 100;

/** Asks CloudFormation, on behalf of an incident, in the target's own region: a role may be kept in another one. */
export function stackProbe(open: (place: Place, incident: string) => Reader): StackProbe {
  return {
    async keeping(target, incident) {
      const resource = stackResourceOf(target);
      if (!resource) return { status: 'none' };
      try {
        return await answerAbout(resource, open(placeOf(target), incident));
      } catch (error) {
        return { status: 'unread', cause: causeOf(error) };
      }
    },
  };
}

function placeOf({ account, region }: Target): Place {
  return { account, region };
}

async function answerAbout(name: StackResourceName, account: Reader): Promise<StackAnswer> {
  const resources = await resourcesBeside(name, account);
  const [first] = resources;
  if (!first) return { status: 'none' };
  const own = resources.find((one) => isNamed(one, name));
  if (own) return { status: 'kept', stack: await describe(own, resources, account) };
  // Two things of different types may share a name, and the other one's stack is none of ours.
  return resources.length < MOST_RESOURCES
    ? { status: 'none' }
    : { status: 'cut', name: first.StackName ?? '' };
}

/** All of the stack that has a resource of this name; none where CloudFormation knows no such stack. */
async function resourcesBeside(
  { physicalId }: StackResourceName,
  account: Reader,
): Promise<readonly StackResource[]> {
  try {
    const answer = await account.send(new DescribeStackResourcesCommand({ PhysicalResourceId: physicalId }));
    return answer.StackResources ?? [];
  } catch (error) {
    if (hasName(error, 'ValidationError')) return [];
    throw error;
  }
}

/** A deleted resource, or one that its stack let go of, is answered for 90 days. */
function isNamed(
  { PhysicalResourceId: id, ResourceType: type = '', ResourceStatus: status }: StackResource,
  { physicalId, types }: StackResourceName,
): boolean {
  const isGone = status === 'DELETE_COMPLETE' || status === 'DELETE_SKIPPED';
  return id === physicalId && types.includes(type) && !isGone;
}

async function describe(
  { StackName: name = '', StackId: id, DriftInformation: drift }: StackResource,
  resources: readonly StackResource[],
  account: Reader,
): Promise<KeepingStack> {
  const { Stacks: [stack] = [] } = await account.send(new DescribeStacksCommand({ StackName: id ?? name }));
  const { StackResourceDriftStatus: status, LastCheckTimestamp: checkedAt } = drift ?? {};
  return {
    name,
    state: stack?.StackStatus ?? 'UNKNOWN',
    isCdk: resources.some(({ ResourceType: type }) => type === 'AWS::CDK::Metadata'),
    drift: status && checkedAt ? { status, checkedAt } : undefined,
  };
}
