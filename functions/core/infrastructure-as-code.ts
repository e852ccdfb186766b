import type { Consequence } from './plan.ts';
import { type Tag, tagValue } from './reserved-tags.ts';

/**
 * AWS writes it, for CDK too, and lets nobody else: keys that begin with `aws:` are reserved
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html).
 */
const STACK = 'aws:cloudformation:stack-name';
/** Tools that put no tag of their own; teams mark what they keep by hand, and so may an attacker. */
const SELF_MARKED = /terraform|opentofu|pulumi/i;

/** Whether code keeps a resource, by its tags: whatever runs it next puts back what was changed here. */
export function keptByCode(tags: readonly Tag[] | undefined): readonly Consequence[] {
  const stack = tagValue(tags, STACK);
  if (stack !== undefined) return [taggedBy(stack)];
  const isMarked = tags?.some(({ Key, Value }) => SELF_MARKED.test(`${Key} ${Value}`)) ?? false;
  return isMarked
    ? [
        {
          what: 'Terraform, OpenTofu or Pulumi code, as a tag says: its next run may undo this change',
          count: 1,
          evidence: 'a tag of the resource, which whoever may tag it can write',
        },
      ]
    : [];
}

function taggedBy(stack: string): Consequence {
  return {
    what: `CloudFormation stack ${stack.slice(0, 128)}: its next update may undo this change, or fail on it`,
    count: 1,
    evidence: `tag ${STACK}, which only AWS can write`,
  };
}

/** The stack that keeps a resource, as CloudFormation describes it. */
export interface KeepingStack {
  readonly name: string;
  /** Of the whole stack: `UPDATE_COMPLETE`. */
  readonly state: string;
  /** CDK made its template: `cdk deploy` is its next deployment. */
  readonly isCdk: boolean;
  /** What the last detection of drift said of the resource, and when: `IN_SYNC`, `MODIFIED`, `DELETED`, … */
  readonly drift: { readonly status: string; readonly checkedAt: Date } | undefined;
}

/** Whether CloudFormation keeps a resource. `cut`: the stack has more resources than are answered. */
export type StackAnswer =
  | { readonly status: 'none' }
  | { readonly status: 'kept'; readonly stack: KeepingStack }
  | { readonly status: 'cut'; readonly name: string }
  | { readonly status: 'unread'; readonly cause: string };

/** What was measured, with what the stack itself says in place of what a tag says of it. */
export function withStack(consequences: readonly Consequence[], answer: StackAnswer): readonly Consequence[] {
  switch (answer.status) {
    case 'none':
      return consequences;
    case 'kept': {
      const tagged = taggedBy(answer.stack.name).what;
      return [...consequences.filter(({ what }) => what !== tagged), keptBy(answer.stack)];
    }
    case 'cut':
      return [
        ...consequences,
        {
          what: `CloudFormation stack ${answer.name.slice(0, 128)}, which may keep it`,
          count: null,
          evidence: 'not available: DescribeStackResources answers 100 resources, and it is not among them',
        },
      ];
    case 'unread':
      return [
        ...consequences,
        {
          what: 'CloudFormation stacks that keep it',
          count: null,
          evidence: `not available: ${answer.cause}`.slice(0, 300),
        },
      ];
  }
}

/** What is under way may overwrite the change or fail on it, and nobody can tell: it counts as large. */
function keptBy({ name, state, isCdk, drift }: KeepingStack): Consequence {
  const stack = `CloudFormation stack ${name.slice(0, 128)}`;
  if (state.endsWith('_IN_PROGRESS'))
    return {
      what: `${stack} is being changed right now: that may undo this change, or fail on it; wait for its end`,
      count: null,
      evidence: `not available: DescribeStacks says ${state}, and nobody can tell what comes of it`,
    };
  return {
    what: `${stack}: its next ${isCdk ? 'cdk deploy' : 'deployment'} may put this change back, or fail on it; ${driftInWords(drift)}`,
    count: 1,
    evidence: `DescribeStackResources, and DescribeStacks, which says ${state}`,
  };
}

function driftInWords(drift: KeepingStack['drift']): string {
  const day = drift?.checkedAt.toISOString().slice(0, 10);
  switch (drift?.status) {
    case 'IN_SYNC':
      return `on ${day} it was as the template says`;
    case 'MODIFIED':
      return `on ${day} it differed from the template already`;
    case 'DELETED':
      return `on ${day} it was missing already`;
    default:
      return 'whether it differs from the template was not checked';
  }
}
