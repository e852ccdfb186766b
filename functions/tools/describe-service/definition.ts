import { type ContainerDefinition, DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { boundedText } from '../../core/bounded.ts';
import { hasName } from '../../core/named-error.ts';
import type { DescribedDefinition } from './output.ts';
import type { Reader } from './reads.ts';

/** As many containers as a task may have (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html). */
const CONTAINERS = 10;

/** What runs, without the values of its environment. Undefined for a definition that ECS does not have any more. */
export async function readDefinition(
  taskDefinition: string,
  account: Reader,
): Promise<DescribedDefinition | undefined> {
  try {
    const { taskDefinition: found } = await account.send(
      new DescribeTaskDefinitionCommand({ taskDefinition }),
    );
    return {
      name: boundedText(`${found?.family}:${found?.revision}`, 280),
      taskRole: found?.taskRoleArn === undefined ? null : boundedText(found.taskRoleArn, 512),
      networkMode: found?.networkMode ?? 'bridge',
      hostProcesses: found?.pidMode === 'host' || found?.ipcMode === 'host',
      hostFolders: found?.volumes?.filter(({ host }) => host?.sourcePath !== undefined).length ?? 0,
      containers: (found?.containerDefinitions ?? []).slice(0, CONTAINERS).map(describeContainer),
    };
  } catch (error) {
    // ECS's words for one that it does not know.
    if (hasName(error, 'ClientException')) return undefined;
    throw error;
  }
}

function describeContainer({ name, image, privileged, environment, secrets }: ContainerDefinition) {
  return {
    name: boundedText(name, 255),
    image: boundedText(image),
    privileged: privileged ?? false,
    environmentVariables: environment?.length ?? 0,
    secrets: secrets?.length ?? 0,
  };
}
