import { DescribeRouteTablesCommand, type RouteTable } from '@aws-sdk/client-ec2';
import type { Account } from '../../core/account.ts';

/** Whether the subnet's route table, or the VPC's main one, has a route to an internet gateway. */
export async function routesToInternet(
  { subnet, vpc }: { readonly subnet: string; readonly vpc: string },
  account: Account<readonly [typeof DescribeRouteTablesCommand]>,
): Promise<boolean> {
  const read = async (name: string, value: string) => {
    const filters = [{ Name: name, Values: [value] }];
    return (await account.send(new DescribeRouteTablesCommand({ Filters: filters }))).RouteTables ?? [];
  };
  const [own] = await read('association.subnet-id', subnet);
  if (own) return hasInternetRoute(own);
  const tables = await read('vpc-id', vpc);
  return tables.some((table) => table.Associations?.some((one) => one.Main) && hasInternetRoute(table));
}

function hasInternetRoute(table: RouteTable): boolean {
  return table.Routes?.some((route) => route.GatewayId?.startsWith('igw-')) ?? false;
}
