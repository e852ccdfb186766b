import { GetTaskProtectionCommand, type Service } from '@aws-sdk/client-ecs';
import type { Consequence, Target } from '../../core/plan.ts';
import { ecsArn, type Reader } from './operations.ts';
import type { Place } from './service.ts';

/** Nothing of a task outlives it but what it sent or wrote elsewhere. */
export const cannotRestore: readonly string[] = [
  'The tasks themselves: what is in memory and on their own disks is lost, evidence too. Take it first if it is needed.',
  'The ids and addresses of the tasks: starting again makes new ones.',
];

/** What stops, what hears of it, and what could work against it. */
export async function blastRadius(
  target: Target,
  place: Place,
  service: Service,
  account: Reader,
): Promise<readonly Consequence[]> {
  const { runningCount = 0, pendingCount = 0, loadBalancers = [], serviceRegistries = [] } = service;
  const evidence = 'DescribeServices';
  return [
    { what: 'tasks that stop', count: runningCount + pendingCount, evidence },
    {
      what: 'load balancers and registries left without a target',
      count: loadBalancers.length + serviceRegistries.length,
      evidence,
    },
    await protection(target, place, account),
    {
      what: 'scaling policies, which raise the count to their minimum again at the next alarm to scale out',
      count: null,
      evidence: 'not available: Application Auto Scaling is not read',
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html: a task can protect itself. */
async function protection(target: Target, { cluster, task }: Place, account: Reader): Promise<Consequence> {
  const what = 'tasks under scale-in protection, which run on until it ends, 48 hours at most';
  if (!task)
    return { what, count: null, evidence: 'not available: only the task of a finding is asked about' };
  const { protectedTasks } = await account.send(
    new GetTaskProtectionCommand({
      cluster: ecsArn(target, `cluster/${cluster}`),
      tasks: [ecsArn(target, `task/${target.id}`)],
    }),
  );
  const count = protectedTasks?.filter((one) => one.protectionEnabled).length ?? 0;
  return { what, count, evidence: "GetTaskProtection of the finding's task" };
}
