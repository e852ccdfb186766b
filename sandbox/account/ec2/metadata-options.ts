import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { toMetadataOptions } from './instance-shape.ts';
import { findResource, requireResource } from './resources.ts';
import { changing, type Scope } from './scope.ts';
import type { InstanceState, MetadataOptionsState } from './state.ts';

type Input = ec2.ModifyInstanceMetadataOptionsCommandInput;

export function metadataOptionsOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ModifyInstanceMetadataOptions: changing<Input, ec2.ModifyInstanceMetadataOptionsCommandOutput>(
      cloud,
      (input, scope) => [requireResource(scope, 'ModifyInstanceMetadataOptions', input.InstanceId ?? '')],
      modify,
    ),
  };
}

/** What the request leaves out stays as it is. The answer says pending, DescribeInstances later says applied. */
function modify(input: Input, scope: Scope) {
  const instance = findResource(scope.ec2.instances, input.InstanceId, 'i');
  checkState(instance);
  const { HttpTokens, HttpEndpoint, HttpPutResponseHopLimit: hops } = input;
  if (hops !== undefined && !(hops >= 1 && hops <= 64))
    throw new AwsError('InvalidParameterValue', `The hop limit must be from 1 to 64, not ${hops}`);
  instance.metadataOptions = {
    httpTokens: checked(HttpTokens, ['optional', 'required']) ?? instance.metadataOptions.httpTokens,
    httpEndpoint: checked(HttpEndpoint, ['enabled', 'disabled']) ?? instance.metadataOptions.httpEndpoint,
    httpPutResponseHopLimit: hops ?? instance.metadataOptions.httpPutResponseHopLimit,
  } satisfies MetadataOptionsState;
  return {
    InstanceId: instance.instanceId,
    InstanceMetadataOptions: toMetadataOptions(instance, 'pending'),
  };
}

function checked<Word extends string>(given: string | undefined, words: readonly Word[]): Word | undefined {
  const word = words.find((one) => one === given);
  if (given !== undefined && word === undefined)
    throw new AwsError('InvalidParameterValue', `Invalid value '${given}': expected ${words.join(' or ')}`);
  return word;
}

function checkState({ instanceId, state }: InstanceState): void {
  if (state === 'shutting-down' || state === 'terminated')
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instanceId}' is not in a state in which its metadata options can be modified: ${state}`,
    );
}
