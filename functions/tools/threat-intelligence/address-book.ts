import {
  DescribeAddressesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkInterfacesCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import type { Account } from '../../core/account.ts';
import type { AddressBook } from '../../core/shared-addresses.ts';

export const reads = [
  DescribeAddressesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkInterfacesCommand,
  GetManagedPrefixListEntriesCommand,
] as const;

/** What EC2 says of addresses, as `sharingOf` asks it. */
export function addressBook(account: Account<typeof reads>): AddressBook {
  return {
    region: account.region,
    describeNetworkInterfaces: (input) => account.send(new DescribeNetworkInterfacesCommand(input)),
    describeAddresses: (input) => account.send(new DescribeAddressesCommand(input)),
    describeManagedPrefixLists: (input) => account.send(new DescribeManagedPrefixListsCommand(input)),
    getManagedPrefixListEntries: (input) => account.send(new GetManagedPrefixListEntriesCommand(input)),
  };
}
