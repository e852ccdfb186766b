import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { reading } from './scope.ts';

type Input = ec2.DescribeInstanceTypesCommandInput;

export function instanceTypeOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeInstanceTypes: reading<Input, ec2.DescribeInstanceTypesCommandOutput>(
      cloud,
      'DescribeInstanceTypes',
      describe,
    ),
  };
}

/** Any name of the form of a type is one; of a type only its instance storage is known. */
function describe({ InstanceTypes: names }: Input) {
  if (!names?.length)
    throw new AwsError('InvalidParameterCombination', 'The sandbox describes only the types that are named');
  const unknown = names.filter((name) => !/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(name));
  if (unknown.length > 0)
    throw new AwsError(
      'InvalidInstanceType',
      `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
    );
  const InstanceTypes = names.map((name) => ({
    InstanceType: name,
    InstanceStorageSupported: hasInstanceStorage(name),
  }));
  return { InstanceTypes };
}

/**
 * By the naming convention: the storage families, and a `d` after the generation (m5d, c6gd, g4dn)
 * (https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html).
 */
function hasInstanceStorage(name: string): boolean {
  return /^(?:(?:i|im|is|d|h)\d|[a-z]+\d[a-z]*d[a-z]*\.)/.test(name);
}
