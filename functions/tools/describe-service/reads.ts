import { DescribeRouteTablesCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListServicesCommand,
} from '@aws-sdk/client-ecs';
import type { Account, Permission } from '../../core/account.ts';
import type { HandledEntity } from '../../core/entity.ts';
import { fillResource } from '../../core/resource-pattern.ts';

export const reads = [
  DescribeClustersCommand,
  ListServicesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  DescribeTaskDefinitionCommand,
  DescribeSecurityGroupsCommand,
  DescribeRouteTablesCommand,
] as const;
export type Reader = Account<typeof reads>;

const ecsResource = (resource: string) => `arn:{partition}:ecs:{region}:{account}:${resource}`;

/** The ARN by which calls name a thing: a name alone could mean another account's or region's. */
export function ecsArn(target: HandledEntity, resource: string): string {
  return fillResource(ecsResource(resource), target);
}

export const permissions: readonly Permission[] = [
  { actions: ['ecs:DescribeClusters'], resources: [ecsResource('cluster/*')] },
  { actions: ['ecs:DescribeServices'], resources: [ecsResource('service/*')] },
  { actions: ['ecs:DescribeTasks'], resources: [ecsResource('task/*')] },
  {
    actions: [
      'ecs:ListServices',
      'ecs:DescribeTaskDefinition',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeRouteTables',
    ],
    resources: ['*'],
  },
];
