import { DescribeServicesCommand, DescribeTasksCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { CLUSTER, clusters, ecsArnOf, LONE_TASK, SERVICE, TASK } from './ecs-seeds.ts';

const isOfService = (key: string, group: string) =>
  key.startsWith(`${CLUSTER}/`) && group === `service:${SERVICE}`;

/** Everything but which tasks run for the service: as many, and not the same ones. */
function restorable({ iam, regions }: AccountState): unknown {
  const { ecs, ...others } = regions[REGION] ?? {};
  const tasks = Object.entries(ecs?.tasks ?? {});
  const own = tasks.filter(([key, { group }]) => isOfService(key, group));
  return [
    iam,
    others,
    ecs?.clusters,
    ecs?.services,
    tasks.filter(([key, { group }]) => !isOfService(key, group)),
    own.filter(([, { lastStatus }]) => lastStatus === 'RUNNING').length,
  ];
}

const common = {
  restorable,
  innocent: ({ regions }) => {
    const { clusters: all, services = {}, tasks = {} } = regions[REGION]?.ecs ?? {};
    const { [`${CLUSTER}/${SERVICE}`]: stopped, ...others } = services;
    const innocent = Object.entries(tasks).filter(([key, { group }]) => !isOfService(key, group));
    return [all, others, { ...stopped, desiredCount: 0 }, innocent];
  },
  trespasses: () => [
    new UpdateServiceCommand({ cluster: CLUSTER, service: 'billing', desiredCount: 0 }),
    new UpdateServiceCommand({
      cluster: ecsArnOf('cluster/other'),
      service: ecsArnOf(`service/other/${SERVICE}`),
      desiredCount: 0,
    }),
    new DescribeServicesCommand({ cluster: CLUSTER, services: ['billing'] }),
    new DescribeTasksCommand({ cluster: CLUSTER, tasks: [ecsArnOf(`task/${LONE_TASK}`)] }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'the service of a task', target: target('container', TASK), seed: clusters() },
  {
    ...common,
    name: 'a service of a cluster that people protect',
    target: target('cluster', CLUSTER),
    params: { service: SERVICE },
    seed: clusters({}, { tags: { 'sallyport:protected': '' } }),
  },
];
