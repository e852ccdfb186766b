import type * as ec2 from '@aws-sdk/client-ec2';
import type { Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { findResource, requireResource } from './resources.ts';
import { changing, type Scope } from './scope.ts';

export function consoleOutputOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetConsoleOutput: changing<ec2.GetConsoleOutputCommandInput, ec2.GetConsoleOutputCommandOutput>(
      cloud,
      (input, scope) => [requireResource(scope, 'GetConsoleOutput', input.InstanceId ?? '')],
      getConsoleOutput,
    ),
  };
}

/** What the instance wrote when it was last started. One that has written nothing has neither output nor its time. */
function getConsoleOutput({ InstanceId }: ec2.GetConsoleOutputCommandInput, scope: Scope) {
  const { instanceId, consoleOutput, launchTime } = findResource(scope.ec2.instances, InstanceId, 'i');
  if (consoleOutput === undefined) return { InstanceId: instanceId };
  return {
    InstanceId: instanceId,
    Output: Buffer.from(consoleOutput).toString('base64'),
    Timestamp: new Date(launchTime),
  };
}
