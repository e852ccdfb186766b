import { DescribeStackResourcesCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Account, Permission } from '../core/account.ts';

/** Detecting drift is none of them: it would read every resource of the stack with the rights of the caller. */
export const reads = [DescribeStackResourcesCommand, DescribeStacksCommand] as const;
export type Reader = Account<typeof reads>;

/** Which stack keeps a resource is not known before the first has answered. */
export const permissions: readonly Permission[] = [
  { actions: ['cloudformation:DescribeStackResources', 'cloudformation:DescribeStacks'], resources: ['*'] },
];
