import { DescribeRouteTablesCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import {
  DescribeDBInstancesCommand,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
} from '@aws-sdk/client-rds';
import type { Account } from '../../core/account.ts';

export const reads = [
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSnapshotAttributesCommand,
  DescribeSecurityGroupsCommand,
  DescribeRouteTablesCommand,
] as const;
export type Reader = Account<typeof reads>;
