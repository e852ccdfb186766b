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
  if (stack !== undefined)
    return [
      {
        what: `CloudFormation stack ${stack.slice(0, 128)}: its next update may undo this change, or fail on it`,
        count: 1,
        evidence: `tag ${STACK}, which only AWS can write`,
      },
    ];
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
