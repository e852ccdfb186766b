interface RouteTable {
  readonly Routes?: readonly { readonly GatewayId?: string | undefined }[] | undefined;
  readonly Associations?:
    | readonly { readonly Main?: boolean | undefined; readonly SubnetId?: string | undefined }[]
    | undefined;
}

type DescribeRouteTables = (input: {
  Filters: { Name: string; Values: string[] }[];
}) => Promise<{ readonly RouteTables?: readonly RouteTable[] | undefined }>;

/**
 * Whether one of the subnets has a route to an internet gateway: by its own route table, or by the VPC's main one where
 * it has none (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html).
 */
export async function routesToInternet(
  { subnets, vpc }: { readonly subnets: readonly string[]; readonly vpc: string },
  describe: DescribeRouteTables,
): Promise<boolean> {
  // A filter without values would not be one.
  if (subnets.length === 0) return false;
  const read = async (Name: string, Values: readonly string[]) =>
    (await describe({ Filters: [{ Name, Values: [...Values] }] })).RouteTables ?? [];
  const own = await read('association.subnet-id', subnets);
  if (own.some(hasInternetRoute)) return true;
  const associated = own.flatMap(({ Associations: all = [] }) =>
    all.flatMap(({ SubnetId }) => SubnetId ?? []),
  );
  if (subnets.every((subnet) => associated.includes(subnet))) return false;
  const tables = await read('vpc-id', [vpc]);
  return tables.some((table) => table.Associations?.some((one) => one.Main) && hasInternetRoute(table));
}

function hasInternetRoute(table: RouteTable): boolean {
  return table.Routes?.some((route) => route.GatewayId?.startsWith('igw-')) ?? false;
}
