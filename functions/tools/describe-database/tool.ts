import { DescribeRouteTablesCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { type DBInstance, DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { defineTool } from '../../core/account.ts';
import { boundedList, boundedText } from '../../core/bounded.ts';
import { isDbInstanceName, namesDbInstance } from '../../core/db-instance.ts';
import type { HandledEntity } from '../../core/entity.ts';
import { routesToInternet } from '../../core/internet-route.ts';
import { hasName } from '../../core/named-error.ts';
import { isOpenOn, openRules } from '../../core/open-rules.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { DescribedDatabase } from './output.ts';
import { type Reader, reads } from './reads.ts';
import { readSnapshots } from './snapshots.ts';

const LISTED = { logs: 10, rules: 30, tags: 30 } as const;
const rdsResource = (kind: string) => `arn:{partition}:rds:{region}:{account}:${kind}:*`;

/** What a database is, and what of it the internet can reach. */
export const describeDatabase = defineTool({
  id: 'describe-database',
  title: 'Describe a database',
  description:
    'An RDS DB instance with its network exposure: public accessibility, whether its subnets route to an internet gateway, rules open to the world on its port; encryption, IAM authentication, deletion protection, backups, exported logs, manual snapshots shared with others, tags. `internetReachable` needs all three: a public address, a route and an open rule. Not found for clusters, tables and other services.',
  targets: ['database'],
  reads,
  permissions: [
    { actions: ['rds:DescribeDBInstances'], resources: [rdsResource('db')] },
    { actions: ['rds:DescribeDBSnapshots'], resources: [rdsResource('db'), rdsResource('snapshot')] },
    { actions: ['rds:DescribeDBSnapshotAttributes'], resources: [rdsResource('snapshot')] },
    { actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeRouteTables'], resources: ['*'] },
  ],
  output: DescribedDatabase,
  tainted: ['/cluster', '/tags/*/key', '/tags/*/value'],

  async ask(target, { account }) {
    const found = await readInstance(target, account);
    return found && describe(target.id, found, account);
  },
});

/** Undefined for what is no DB instance, or no longer. */
async function readInstance({ id, arn }: HandledEntity, account: Reader): Promise<DBInstance | undefined> {
  if ((arn !== undefined && !namesDbInstance(arn)) || !isDbInstanceName(id)) return undefined;
  try {
    const { DBInstances: found } = await account.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }),
    );
    return found?.[0];
  } catch (error) {
    if (hasName(error, 'DBInstanceNotFoundFault', 'DBInstanceNotFound')) return undefined;
    throw error;
  }
}

async function describe(name: string, found: DBInstance, account: Reader): Promise<DescribedDatabase> {
  const [network, { snapshots, truncated }] = await Promise.all([
    readNetwork(found, account),
    readSnapshots(name, account),
  ]);
  const rules = boundedList(network.openRules, LISTED.rules);
  const tags = boundedList(found.TagList ?? [], LISTED.tags);
  const logs = boundedList(found.EnabledCloudwatchLogsExports ?? [], LISTED.logs);
  const publiclyAccessible = found.PubliclyAccessible ?? false;
  return {
    ...network,
    openRules: rules.items,
    publiclyAccessible,
    internetReachable: publiclyAccessible && network.routesToInternet && rules.items.length > 0,
    ...settingsOf(found),
    exportedLogs: logs.items.map((log) => boundedText(log, 64)),
    snapshots,
    protected: isProtected(found.TagList),
    tags: tags.items.map(({ Key, Value }) => ({ key: boundedText(Key), value: boundedText(Value) })),
    truncated: truncated || rules.truncated || tags.truncated || logs.truncated,
  };
}

async function readNetwork(found: DBInstance, account: Reader) {
  const port = found.Endpoint?.Port ?? found.DbInstancePort ?? null;
  const vpc = found.DBSubnetGroup?.VpcId ?? '';
  const subnets = (found.DBSubnetGroup?.Subnets ?? []).flatMap((subnet) => subnet.SubnetIdentifier ?? []);
  const GroupIds = (found.VpcSecurityGroups ?? []).flatMap((group) => group.VpcSecurityGroupId ?? []);
  const [routed, rules] = await Promise.all([
    routesToInternet({ subnets, vpc }, (input) => account.send(new DescribeRouteTablesCommand(input))),
    readOpenRules(GroupIds, account),
  ]);
  return {
    port,
    vpc,
    routesToInternet: routed,
    openRules: rules.filter((rule) => port === null || isOpenOn(rule, port)),
  };
}

async function readOpenRules(GroupIds: string[], account: Reader) {
  if (GroupIds.length === 0) return [];
  const answer = await account.send(new DescribeSecurityGroupsCommand({ GroupIds }));
  return openRules(answer.SecurityGroups ?? []);
}

function settingsOf(found: DBInstance) {
  return {
    engine: boundedText(found.Engine, 64),
    status: found.DBInstanceStatus ?? 'unknown',
    cluster: found.DBClusterIdentifier === undefined ? null : boundedText(found.DBClusterIdentifier, 64),
    storageEncrypted: found.StorageEncrypted ?? false,
    iamAuthentication: found.IAMDatabaseAuthenticationEnabled ?? false,
    managedPassword: found.MasterUserSecret !== undefined,
    deletionProtection: found.DeletionProtection ?? false,
    multiAz: found.MultiAZ ?? false,
    backupDays: found.BackupRetentionPeriod ?? 0,
  };
}
