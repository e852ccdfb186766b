import { defineTool } from '../../core/account.ts';
import { boundedList, boundedText } from '../../core/bounded.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { readDefinition } from './definition.ts';
import { describeOne } from './exposure.ts';
import { type Found, findServices, tagsOf } from './find.ts';
import { DescribedServices } from './output.ts';
import { permissions, type Reader, reads } from './reads.ts';

const LISTED = 30;

/** What runs in a cluster or task of ECS, and whether the internet reaches it. */
export const describeService = defineTool({
  id: 'describe-service',
  title: 'Describe services of ECS',
  description:
    'The services of an ECS cluster, or the one that keeps a task running: tasks, public addresses, rules open to the world, load balancers, shell access (executeCommand); and their task definitions: role, images, privileged containers, what of the host they share. Values of the environment are not shown. Not found for a cluster of EKS or any other container.',
  targets: ['cluster', 'container'],
  reads,
  permissions,
  output: DescribedServices,
  tainted: [
    '/cluster',
    '/services/*/name',
    '/taskDefinitions/*/name',
    '/taskDefinitions/*/taskRole',
    '/taskDefinitions/*/containers/*/name',
    '/taskDefinitions/*/containers/*/image',
    '/tags/*/key',
    '/tags/*/value',
  ],

  async ask(target, { account }) {
    const found = await findServices(target, account);
    return found && describe(found, account);
  },
});

async function describe(found: Found, account: Reader): Promise<DescribedServices> {
  const { cluster, task, more } = found;
  const services = await Promise.all(found.services.map((one) => describeOne(one, account)));
  const wanted = task ? [task.taskDefinitionArn] : found.services.map((one) => one.taskDefinition);
  const arns = [...new Set(wanted)].flatMap((arn) => arn ?? []);
  const read = await Promise.all(arns.map((arn) => readDefinition(arn, account)));
  const taskDefinitions = read.flatMap((definition) => definition ?? []);
  const tags = boundedList((task ?? cluster).tags ?? [], LISTED);
  const all = [cluster, task, ...found.services].flatMap((one) => tagsOf(one?.tags));
  return {
    cluster: boundedText(cluster.clusterName, 255),
    task: task ? { status: task.lastStatus ?? 'unknown', startedByService: found.services.length > 0 } : null,
    services,
    taskDefinitions,
    internetReachable: services.some((service) => service.internetReachable),
    privileged: taskDefinitions.some(({ containers }) => containers.some((one) => one.privileged)),
    unread: [
      ...(more ? (['further services'] as const) : []),
      ...(taskDefinitions.length < arns.length ? (['task definitions'] as const) : []),
    ],
    protected: isProtected(all),
    tags: tags.items.map(({ key, value }) => ({ key: boundedText(key), value: boundedText(value) })),
    truncated: more || tags.truncated,
  };
}
