import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  type NetworkAcl,
  type NetworkInterface,
} from '@aws-sdk/client-ec2';
import { TargetNotFoundError } from '../../core/errors.ts';
import { readInstance } from '../../core/instance.ts';
import { hasName } from '../../core/named-error.ts';
import type { Consequence, Target } from '../../core/plan.ts';
import type { Tag } from '../../core/reserved-tags.ts';
import type { Reader } from './operations.ts';

export interface Place {
  /** In which the target has an interface. */
  readonly subnets: readonly string[];
  readonly tags: readonly Tag[];
}

/** Where an instance or a network interface is. Throws TargetNotFoundError. */
export async function readPlace({ kind, id }: Target, account: Reader): Promise<Place> {
  if (kind === 'network-interface') {
    const { SubnetId = '', TagSet = [] } = await readInterface(id, account);
    return { subnets: [SubnetId], tags: TagSet };
  }
  const instance = await readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
  const subnets = (instance.NetworkInterfaces ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  return { subnets: [...new Set(subnets)].sort(), tags: instance.Tags ?? [] };
}

async function readInterface(id: string, account: Reader): Promise<NetworkInterface> {
  const name = `network interface ${id}`;
  try {
    const answer = await account.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }));
    const found = answer.NetworkInterfaces?.[0];
    if (found) return found;
  } catch (error) {
    if (
      !hasName(
        error,
        'InvalidNetworkInterfaceID.NotFound',
        'InvalidNetworkInterfaceID.Malformed',
        'InvalidNetworkInterfaceId.Malformed',
      )
    )
      throw error;
    throw new TargetNotFoundError(name, { cause: error });
  }
  throw new TargetNotFoundError(name);
}

/** A list guards whole subnets: everybody in them is cut off from the address. */
export async function blastRadius(
  lists: readonly NetworkAcl[],
  account: Reader,
): Promise<readonly Consequence[]> {
  const subnets = lists.flatMap(({ Associations: associations = [] }) =>
    associations.flatMap(({ SubnetId }) => SubnetId ?? []),
  );
  return [
    { what: 'subnets behind these lists', count: new Set(subnets).size, evidence: 'DescribeNetworkAcls' },
    {
      what: 'network interfaces in them, which the address no longer reaches',
      count: await countInterfaces(subnets, account),
      evidence: 'DescribeNetworkInterfaces',
    },
    {
      what: 'others behind the address, such as an office or a carrier that shares it',
      count: null,
      evidence: 'not available: nobody but its owner knows',
    },
  ];
}

async function countInterfaces(Values: string[], account: Reader): Promise<number> {
  let count = 0;
  let nextToken: string | undefined;
  do {
    const Filters = [{ Name: 'subnet-id', Values }];
    const page = await account.send(new DescribeNetworkInterfacesCommand({ Filters, NextToken: nextToken }));
    count += page.NetworkInterfaces?.length ?? 0;
    nextToken = page.NextToken;
  } while (nextToken);
  return count;
}
