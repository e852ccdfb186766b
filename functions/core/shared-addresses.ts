import { WrongStateError } from './errors.ts';
import { addressText, covers, type Network, parseNetwork } from './network.ts';

interface Filtered {
  readonly Filters: { Name: string; Values: string[] }[];
}

interface PrefixList {
  readonly PrefixListId?: string | undefined;
  readonly PrefixListName?: string | undefined;
  readonly OwnerId?: string | undefined;
}

interface Page {
  readonly Entries?: readonly { readonly Cidr?: string | undefined }[] | undefined;
  readonly NextToken?: string | undefined;
}

/** EC2's operations of these names, for a region. Whoever holds an account sends the commands. */
export interface AddressBook {
  readonly region: string;
  readonly describeNetworkInterfaces: (
    input: Filtered,
  ) => Promise<{ readonly NetworkInterfaces?: readonly object[] | undefined }>;
  readonly describeAddresses: (
    input: Filtered,
  ) => Promise<{ readonly Addresses?: readonly object[] | undefined }>;
  readonly describeManagedPrefixLists: (
    input: Filtered,
  ) => Promise<{ readonly PrefixLists?: readonly PrefixList[] | undefined }>;
  readonly getManagedPrefixListEntries: (input: {
    PrefixListId: string | undefined;
    NextToken: string | undefined;
  }) => Promise<Page>;
}

/** Behind whom an address is not one party's alone: this account's own, or what AWS calls the list of its own. */
export type Sharing = { readonly by: 'this-account' } | { readonly by: 'aws'; readonly list: string };

/**
 * Whether we, or many others, are behind one address: it is this account's own (NAT gateways, load balancers and
 * instances have them on their interfaces), or of Route 53's health checkers or CloudFront. Undefined where it is
 * neither.
 */
export async function sharingOf(address: Network, book: AddressBook): Promise<Sharing | undefined> {
  if (await isOwn(address, book)) return { by: 'this-account' };
  const list = await sharedListOf(address, book);
  return list === undefined ? undefined : { by: 'aws', list };
}

/** Refuses one address behind which we, or many others, are. Throws WrongStateError. */
export async function refuseShared(address: Network, book: AddressBook): Promise<void> {
  const name = `address ${addressText(address)}`;
  const sharing = await sharingOf(address, book);
  if (sharing?.by === 'this-account')
    throw new WrongStateError(
      name,
      'one of this account’s own',
      'denying it would cut off what is behind it: a NAT gateway, a load balancer or an instance',
    );
  if (sharing?.by === 'aws')
    throw new WrongStateError(
      name,
      `AWS’s own (${sharing.list})`,
      'denying it would cut off health checks or visitors',
    );
}

async function isOwn(address: Network, book: AddressBook): Promise<boolean> {
  const Values = [addressText(address)];
  const Name = address.family === 4 ? 'association.public-ip' : 'ipv6-addresses.ipv6-address';
  const used = await book.describeNetworkInterfaces({ Filters: [{ Name, Values }] });
  if (used.NetworkInterfaces?.length) return true;
  if (address.family === 6) return false;
  const kept = await book.describeAddresses({ Filters: [{ Name: 'public-ip', Values }] });
  return (kept.Addresses?.length ?? 0) > 0;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html */
async function sharedListOf(address: Network, book: AddressBook): Promise<string | undefined> {
  const family = address.family === 6 ? 'ipv6.' : '';
  const Values = [
    `com.amazonaws.global.${family}cloudfront.origin-facing`,
    `com.amazonaws.${book.region}.${family}route53-healthchecks`,
  ];
  const { PrefixLists: lists = [] } = await book.describeManagedPrefixLists({
    Filters: [{ Name: 'prefix-list-name', Values }],
  });
  for (const { PrefixListId: id, PrefixListName: name, OwnerId: owner } of lists)
    if (owner === 'AWS' && (await holds(id, address, book))) return name;
  return undefined;
}

async function holds(
  PrefixListId: string | undefined,
  address: Network,
  book: AddressBook,
): Promise<boolean> {
  let nextToken: string | undefined;
  do {
    const page = await book.getManagedPrefixListEntries({ PrefixListId, NextToken: nextToken });
    const ranges = (page.Entries ?? []).flatMap(({ Cidr = '' }) => parseNetwork(Cidr) ?? []);
    if (ranges.some((range) => covers(range, address))) return true;
    nextToken = page.NextToken;
  } while (nextToken);
  return false;
}
