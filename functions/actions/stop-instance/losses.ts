import { DescribeInstanceTypesCommand, type Instance } from '@aws-sdk/client-ec2';
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import * as z from 'zod';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import {
  establishedConnections,
  losingBalancers,
  type TargetGroupQuestions,
} from '../../core/target-groups.ts';
import type { Reader } from './instance.ts';

/** What runs, and what of it a stop loses for good. Not the launch time: nobody approves that. */
export const Before = z.strictObject({
  state: z.literal('running'),
  /** Addresses that AWS lent the instance until it is stopped; elastic ones stay and are not listed. */
  lentAddresses: z.array(z.string()),
  instanceStorage: z.boolean(),
});
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

export async function readBefore(instance: Instance, account: Reader): Promise<Before> {
  return {
    state: 'running',
    lentAddresses: lentAddresses(instance),
    instanceStorage: await hasInstanceStorage(instance, account),
  };
}

/** An address of AWS's own pool has the owner `amazon`, an elastic one the account that allocated it. */
function lentAddresses({ NetworkInterfaces: interfaces = [] }: Instance): string[] {
  return interfaces
    .flatMap(({ Association: lent }) => (lent?.IpOwnerId === 'amazon' ? (lent.PublicIp ?? []) : []))
    .sort();
}

/** DescribeInstances shows no instance store volume; the type says whether there are any. */
async function hasInstanceStorage({ InstanceType: type }: Instance, account: Reader): Promise<boolean> {
  if (type === undefined) return true;
  const { InstanceTypes: types } = await account.send(
    new DescribeInstanceTypesCommand({ InstanceTypes: [type] }),
  );
  return types?.[0]?.InstanceStorageSupported ?? true;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html */
export function cannotRestore({ lentAddresses: addresses, instanceStorage }: Before): readonly string[] {
  return [
    'What is in memory: processes, connections and keys. Take it first if it is evidence.',
    'The launch time that EC2 shows: starting sets it anew.',
    ...(instanceStorage ? ['What is on instance store volumes: a stop erases them.'] : []),
    ...addresses.map((address) => `The public address ${address}: it is not elastic, and another one comes.`),
  ];
}

export async function blastRadius(
  instance: Instance,
  { lentAddresses: addresses }: Before,
  account: Reader,
): Promise<readonly Consequence[]> {
  const evidence = 'DescribeInstances';
  const interfaces = instance.NetworkInterfaces ?? [];
  const ask: TargetGroupQuestions = {
    groups: (input) => account.send(new DescribeTargetGroupsCommand(input)),
    health: (input) => account.send(new DescribeTargetHealthCommand(input)),
  };
  return [
    { what: 'instances that stop working', count: 1, evidence },
    { what: 'network interfaces that answer nobody', count: interfaces.length, evidence },
    { what: 'public addresses that are lost for good', count: addresses.length, evidence },
    ...(await losingBalancers(instance, ask)),
    establishedConnections,
  ];
}
