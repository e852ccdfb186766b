import type * as ecs from '@aws-sdk/client-ecs';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { ecsArn, inScope, type Scope } from './scope.ts';
import type { ContainerState, TaskDefinitionState } from './state.ts';

/** Task definitions, which say what a task runs. */
export function definitionOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeTaskDefinition: inScope<
      ecs.DescribeTaskDefinitionCommandInput,
      ecs.DescribeTaskDefinitionCommandOutput
    >(
      cloud,
      // ECS knows no resource for it.
      () => [{ action: 'ecs:DescribeTaskDefinition', resource: '*' }],
      ({ taskDefinition }, scope) => ({
        taskDefinition: shown(findDefinition(taskDefinition, scope), scope),
      }),
    ),
  };
}

/** By ARN or by `family:revision`; here nobody asks for a family's latest. */
function findDefinition(
  given: string | undefined,
  { ecs: { taskDefinitions = {} } }: Scope,
): TaskDefinitionState {
  const definition = find(taskDefinitions, given?.split('/').at(-1));
  if (!definition) throw new AwsError('ClientException', 'Unable to describe task definition.');
  return definition;
}

function shown(definition: TaskDefinitionState, scope: Scope): ecs.TaskDefinition {
  const { family, revision, taskRoleArn, networkMode, pidMode, hostFolders, containers } = definition;
  return {
    taskDefinitionArn: ecsArn(scope, `task-definition/${family}:${revision}`),
    family,
    revision,
    status: 'ACTIVE',
    taskRoleArn,
    networkMode,
    pidMode,
    volumes: hostFolders.map((sourcePath, at) => ({ name: `folder-${at}`, host: { sourcePath } })),
    containerDefinitions: containers.map(shownContainer),
  };
}

function shownContainer({
  name,
  image,
  privileged,
  environment,
  secrets,
}: ContainerState): ecs.ContainerDefinition {
  return {
    name,
    image,
    privileged,
    environment: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
    secrets: Object.entries(secrets).map(([variable, valueFrom]) => ({ name: variable, valueFrom })),
  };
}
