import {
  DescribeAddressesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkInterfacesCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import { WrongStateError } from '../../core/errors.ts';
import { covers, type Network, parseNetwork } from '../../core/network.ts';
import type { Denial, Reader } from './operations.ts';

/**
 * Refuses addresses behind which we, or many others, are: this account's own (NAT gateways, load balancers and
 * instances have them on their interfaces), Route 53's health checkers and CloudFront. Throws WrongStateError.
 */
export async function refuseShared(denial: Denial, account: Reader): Promise<void> {
  const name = `address ${denial.cidr.split('/')[0]}`;
  if (await isOwn(denial, account))
    throw new WrongStateError(
      name,
      'one of this account’s own',
      'denying it would cut off what is behind it: a NAT gateway, a load balancer or an instance',
    );
  const list = await sharedListOf(denial.address, account);
  if (list !== undefined)
    throw new WrongStateError(
      name,
      `AWS’s own (${list})`,
      'denying it would cut off health checks or visitors',
    );
}

async function isOwn({ cidr, address }: Denial, account: Reader): Promise<boolean> {
  const [ip = ''] = cidr.split('/');
  const Name = address.family === 4 ? 'association.public-ip' : 'ipv6-addresses.ipv6-address';
  const used = await account.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name, Values: [ip] }] }),
  );
  if (used.NetworkInterfaces?.length) return true;
  if (address.family === 6) return false;
  const kept = await account.send(
    new DescribeAddressesCommand({ Filters: [{ Name: 'public-ip', Values: [ip] }] }),
  );
  return (kept.Addresses?.length ?? 0) > 0;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html */
async function sharedListOf(address: Network, account: Reader): Promise<string | undefined> {
  const family = address.family === 6 ? 'ipv6.' : '';
  const Values = [
    `com.amazonaws.global.${family}cloudfront.origin-facing`,
    `com.amazonaws.${account.region}.${family}route53-healthchecks`,
  ];
  const { PrefixLists: lists = [] } = await account.send(
    new DescribeManagedPrefixListsCommand({ Filters: [{ Name: 'prefix-list-name', Values }] }),
  );
  for (const { PrefixListId: id, PrefixListName: name, OwnerId: owner } of lists)
    if (owner === 'AWS' && (await holds(id, address, account))) return name;
  return undefined;
}

async function holds(PrefixListId: string | undefined, address: Network, account: Reader): Promise<boolean> {
  let nextToken: string | undefined;
  do {
    const page = await account.send(
      new GetManagedPrefixListEntriesCommand({ PrefixListId, NextToken: nextToken }),
    );
    const ranges = (page.Entries ?? []).flatMap(({ Cidr = '' }) => parseNetwork(Cidr) ?? []);
    if (ranges.some((range) => covers(range, address))) return true;
    nextToken = page.NextToken;
  } while (nextToken);
  return false;
}
