import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  GetTaskProtectionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import * as z from 'zod';
import type { Account, Permission } from '../../core/account.ts';
import type { PlannedAction, Target } from '../../core/plan.ts';
import { fillResource } from '../../core/resource-pattern.ts';

export const reads = [
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  GetTaskProtectionCommand,
] as const;
export const writes = [UpdateServiceCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** Names as ECS allows them (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html). */
const Name = z.string().regex(/^[\w-]{1,255}$/);

/** The service of a cluster; a task says by itself whose it is. */
export const Parameters = z.strictObject({ service: Name.exactOptional() });
export type Parameters = z.infer<typeof Parameters>;

const Before = z.strictObject({
  cluster: Name,
  service: Name,
  desiredCount: z.number().int().positive(),
});
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

/** The pattern of an ECS ARN: `ecsResource('service/prod/web')`. */
export function ecsResource(resource: string): string {
  return `arn:{partition}:ecs:{region}:{account}:${resource}`;
}

/** The ARN by which calls name a thing: a name alone could mean another account's or region's. */
export function ecsArn(target: Target, resource: string): string {
  return fillResource(ecsResource(resource), target);
}

export const permissions: readonly Permission[] = [
  {
    actions: ['ecs:DescribeClusters'],
    resources: [ecsResource('cluster/*')],
    narrow: (planned) => [ecsResource(`cluster/${beforeOf(planned).cluster}`)],
  },
  {
    actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
    resources: [ecsResource('service/*')],
    narrow: (planned) => [ecsResource(`service/${beforeOf(planned).cluster}/${beforeOf(planned).service}`)],
  },
  {
    actions: ['ecs:DescribeTasks', 'ecs:GetTaskProtection'],
    resources: [ecsResource('task/*')],
    narrow: ({ target }) => (target.kind === 'container' ? [ecsResource(`task/${target.id}`)] : []),
  },
];
