import type * as ec2 from '@aws-sdk/client-ec2';
import type { Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { listResources, pageOf } from './listing.ts';
import { findResource } from './resources.ts';
import { changing, reading, type Scope } from './scope.ts';
import type { PrefixListState } from './state.ts';

type Entries = ec2.GetManagedPrefixListEntriesCommandInput;

/** AWS's own lists alone: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html */
export function prefixListOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeManagedPrefixLists: reading<
      ec2.DescribeManagedPrefixListsCommandInput,
      ec2.DescribeManagedPrefixListsCommandOutput
    >(cloud, 'DescribeManagedPrefixLists', describe),
    GetManagedPrefixListEntries: changing<Entries, ec2.GetManagedPrefixListEntriesCommandOutput>(
      cloud,
      (input, scope) => [
        { action: 'ec2:GetManagedPrefixListEntries', resource: arnOf(scope, input.PrefixListId ?? '') },
      ],
      entries,
    ),
  };
}

/** They belong to `aws`, not to an account. */
function arnOf({ region }: Scope, id: string): string {
  return `arn:aws:ec2:${region}:aws:prefix-list/${id}`;
}

function describe(input: ec2.DescribeManagedPrefixListsCommandInput, scope: Scope) {
  const { items, NextToken } = listResources<PrefixListState>(scope, input, {
    records: scope.ec2.prefixLists,
    prefix: 'pl',
    ids: input.PrefixListIds,
    idOf: (list) => list.prefixListId,
    filters: {
      'prefix-list-id': (list) => list.prefixListId,
      'prefix-list-name': (list) => list.prefixListName,
    },
  });
  const PrefixLists = items.map((list) => ({
    PrefixListId: list.prefixListId,
    PrefixListArn: arnOf(scope, list.prefixListId),
    PrefixListName: list.prefixListName,
    OwnerId: 'AWS',
  }));
  return { PrefixLists, NextToken };
}

function entries(input: Entries, scope: Scope) {
  const list = findResource(scope.ec2.prefixLists, input.PrefixListId, 'pl');
  const { items, NextToken } = pageOf(
    list.entries.map((Cidr) => ({ Cidr })),
    { NextToken: input.NextToken, MaxResults: input.MaxResults },
  );
  return { Entries: [...items], NextToken };
}
