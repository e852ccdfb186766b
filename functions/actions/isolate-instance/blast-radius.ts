import type { Instance, NetworkInterface } from '@aws-sdk/client-ec2';
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Consequence } from '../../core/plan.ts';
import {
  establishedConnections,
  losingBalancers,
  type TargetGroupQuestions,
} from '../../core/target-groups.ts';
import type { Reader } from './interfaces.ts';

/** Who loses what when nothing reaches the instance any more. */
export async function blastRadius(
  instance: Instance,
  interfaces: readonly NetworkInterface[],
  account: Reader,
): Promise<readonly Consequence[]> {
  const addresses = interfaces.filter((one) => one.Association?.PublicIp !== undefined).length;
  const evidence = 'DescribeNetworkInterfaces';
  const ask: TargetGroupQuestions = {
    groups: (input) => account.send(new DescribeTargetGroupsCommand(input)),
    health: (input) => account.send(new DescribeTargetHealthCommand(input)),
  };
  return [
    { what: 'network interfaces that lose all traffic', count: interfaces.length, evidence },
    { what: 'public addresses that stop answering', count: addresses, evidence },
    ...(await losingBalancers(instance, ask)),
    establishedConnections,
  ];
}
