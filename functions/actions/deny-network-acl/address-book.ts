import {
  DescribeAddressesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkInterfacesCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import type { AddressBook } from '../../core/shared-addresses.ts';
import type { Reader } from './operations.ts';

/** What EC2 says of addresses, as `refuseShared` asks it. */
export function addressBook(account: Reader): AddressBook {
  return {
    region: account.region,
    describeNetworkInterfaces: (input) => account.send(new DescribeNetworkInterfacesCommand(input)),
    describeAddresses: (input) => account.send(new DescribeAddressesCommand(input)),
    describeManagedPrefixLists: (input) => account.send(new DescribeManagedPrefixListsCommand(input)),
    getManagedPrefixListEntries: (input) => account.send(new GetManagedPrefixListEntriesCommand(input)),
  };
}
