import type * as ecs from '@aws-sdk/client-ecs';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { pageAt } from '../pages.ts';
import {
  clusterName,
  ecsArn,
  findCluster,
  inScope,
  keyIn,
  missing,
  requireResource,
  type Scope,
  tagList,
} from './scope.ts';
import type { ServiceNetworkState, ServiceState } from './state.ts';
import { scaleTo, tasksOf } from './tasks.ts';

/** Clusters, and the services that keep tasks running in them. */
export function serviceOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeClusters: inScope<ecs.DescribeClustersCommandInput, ecs.DescribeClustersCommandOutput>(
      cloud,
      ({ clusters = ['default'] }, scope) =>
        clusters.map((one) => requireResource(scope, 'DescribeClusters', 'cluster', one, one)),
      (input, scope) => describeClusters(input, scope),
    ),
    ListServices: inScope<ecs.ListServicesCommandInput, ecs.ListServicesCommandOutput>(
      cloud,
      // ECS knows no resource for it.
      () => [{ action: 'ecs:ListServices', resource: '*' }],
      (input, scope) => listServices(input, scope),
    ),
    DescribeServices: inScope<ecs.DescribeServicesCommandInput, ecs.DescribeServicesCommandOutput>(
      cloud,
      ({ cluster, services = [] }, scope) =>
        services.map((one) => requireResource(scope, 'DescribeServices', 'service', cluster, one)),
      (input, scope) => describeServices(input, scope),
    ),
    UpdateService: inScope<ecs.UpdateServiceCommandInput, ecs.UpdateServiceCommandOutput>(
      cloud,
      ({ cluster, service = '' }, scope) => [
        requireResource(scope, 'UpdateService', 'service', cluster, service),
      ],
      (input, scope) => ({ service: shown(update(input, scope), scope, false) }),
    ),
  };
}

function describeClusters(
  { clusters = ['default'], include }: ecs.DescribeClustersCommandInput,
  scope: Scope,
) {
  const names = clusters.map((one) => clusterName(one));
  const found = names.flatMap((name) => find(scope.ecs.clusters, name) ?? []);
  return {
    clusters: found.map((one) => ({
      clusterName: one.clusterName,
      clusterArn: ecsArn(scope, `cluster/${one.clusterName}`),
      status: 'ACTIVE',
      ...(include?.includes('TAGS') ? { tags: tagList(one.tags) } : {}),
    })),
    failures: names
      .filter((name) => !find(scope.ecs.clusters, name))
      .map((name) => missing(scope, 'cluster', name)),
  };
}

/** A page holds ten where nobody says otherwise (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html). */
function listServices(input: ecs.ListServicesCommandInput, scope: Scope) {
  const { clusterName: cluster } = findCluster(scope, input.cluster);
  const own = Object.values(scope.ecs.services).filter(({ clusterName: of }) => of === cluster);
  const arns = own.map(({ serviceName }) => ecsArn(scope, `service/${cluster}/${serviceName}`));
  const page = pageAt(arns, input.nextToken, Math.min(input.maxResults ?? 10, 100));
  if (!page) throw new AwsError('InvalidParameterException', 'Invalid token.');
  return { serviceArns: page.items, nextToken: page.next };
}

function describeServices(input: ecs.DescribeServicesCommandInput, scope: Scope) {
  const { clusterName: cluster } = findCluster(scope, input.cluster);
  const keys = (input.services ?? []).map((one) => keyIn(cluster, one));
  if (keys.length < 1 || keys.length > 10)
    throw new AwsError('InvalidParameterException', 'Services must have 1 to 10 entries.');
  return {
    services: keys.flatMap((key) => {
      const service = find(scope.ecs.services, key);
      return service ? [shown(service, scope, input.include?.includes('TAGS') ?? false)] : [];
    }),
    failures: keys
      .filter((key) => !find(scope.ecs.services, key))
      .map((key) => missing(scope, 'service', key)),
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html; only the count can be changed here. */
function update({ cluster, service, desiredCount, ...rest }: ecs.UpdateServiceCommandInput, scope: Scope) {
  const found = find(scope.ecs.services, keyIn(findCluster(scope, cluster).clusterName, service ?? ''));
  if (!found) throw new AwsError('ServiceNotFoundException', 'Service not found.');
  if (found.status !== 'ACTIVE') throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
  const [other] = Object.keys(rest);
  if (other !== undefined)
    throw new AwsError('NotImplementedBySandbox', `The sandbox's UpdateService does not take ${other}`);
  if (desiredCount === undefined) return found;
  if (found.schedulingStrategy === 'DAEMON')
    throw new AwsError(
      'InvalidParameterException',
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again.',
    );
  if (desiredCount < 0) throw new AwsError('InvalidParameterException', 'desiredCount must not be negative');
  found.desiredCount = desiredCount;
  scaleTo(desiredCount, found, scope);
  return found;
}

function shown(service: ServiceState, scope: Scope, withTags: boolean): ecs.Service {
  const { serviceName, clusterName: cluster, deploymentId, targetGroups, tags, network, ...rest } = service;
  const tasks = tasksOf(service, scope);
  return {
    ...rest,
    taskDefinition: ecsArn(scope, `task-definition/${service.taskDefinition}`),
    ...(network ? { networkConfiguration: { awsvpcConfiguration: shownNetwork(network) } } : {}),
    serviceName,
    serviceArn: ecsArn(scope, `service/${cluster}/${serviceName}`),
    clusterArn: ecsArn(scope, `cluster/${cluster}`),
    runningCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingCount: tasks.filter(({ lastStatus }) => lastStatus === 'PENDING').length,
    deployments: [{ id: deploymentId, status: 'PRIMARY', desiredCount: service.desiredCount }],
    loadBalancers: targetGroups.map((targetGroupArn) => ({ targetGroupArn })),
    ...(withTags ? { tags: tagList(tags) } : {}),
  };
}

function shownNetwork({
  subnets,
  securityGroups,
  assignPublicIp,
}: ServiceNetworkState): ecs.AwsVpcConfiguration {
  return {
    subnets: [...subnets],
    securityGroups: [...securityGroups],
    assignPublicIp: assignPublicIp ? 'ENABLED' : 'DISABLED',
  };
}
