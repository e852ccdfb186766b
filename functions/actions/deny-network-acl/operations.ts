import {
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclEntryCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { isGlobal, type Network, parseNetwork } from '../../core/network.ts';
import type { PlannedAction } from '../../core/plan.ts';

export const reads = [
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeNetworkAclsCommand,
  DescribeAddressesCommand,
  DescribeManagedPrefixListsCommand,
  GetManagedPrefixListEntriesCommand,
] as const;
export const writes = [CreateNetworkAclEntryCommand, DeleteNetworkAclEntryCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** One public address, as a range of its own; `direction` is ingress where it is left out. */
export const Parameters = z.strictObject({
  cidr: z
    .string()
    .max(64)
    .refine(isOneAddress, 'expected one public address such as 203.0.113.7/32 or 2001:db8::7/128'),
  direction: z.enum(['ingress', 'egress']).exactOptional(),
});

function isOneAddress(text: string): boolean {
  const network = parseNetwork(text);
  return network !== undefined && network.bits === (network.family === 4 ? 32 : 128) && isGlobal(network);
}

/** What is denied, and in which direction. */
export interface Denial {
  readonly cidr: string;
  readonly address: Network;
  readonly egress: boolean;
}

/** Throws ZodError for parameters that were never planned with. */
export function denialOf(params: unknown): Denial {
  const { cidr, direction } = Parameters.parse(params);
  const address = parseNetwork(cidr);
  if (!address) throw new RangeError(`${cidr} is no range of addresses`);
  return { cidr, address, egress: direction === 'egress' };
}

/** The subnets that are to be shielded, and for each list that lets the address through the place of our rule. */
const Before = z.strictObject({
  subnets: z.array(z.string()),
  rules: z.array(z.strictObject({ acl: z.string(), ruleNumber: z.int() })),
});
export type Before = z.infer<typeof Before>;
export type Rule = Before['rules'][number];

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}
