import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import type { Service } from '@aws-sdk/client-ecs';
import { boundedText } from '../../core/bounded.ts';
import { routesToInternet } from '../../core/internet-route.ts';
import { openRules } from '../../core/open-rules.ts';
import type { DescribedService } from './output.ts';
import type { Reader } from './reads.ts';

/** A service, and whether the internet reaches its tasks at addresses of their own. */
export async function describeOne(service: Service, account: Reader): Promise<DescribedService> {
  const {
    subnets = [],
    securityGroups = [],
    assignPublicIp,
  } = service.networkConfiguration?.awsvpcConfiguration ?? {};
  const isPublic = assignPublicIp === 'ENABLED';
  const groups = isPublic ? await readGroups(securityGroups, account) : [];
  const open = openRules(groups).length;
  const place = { subnets, vpc: groups[0]?.VpcId ?? '' };
  const routed =
    open > 0 &&
    (await routesToInternet(place, (input) => account.send(new DescribeRouteTablesCommand(input))));
  return {
    name: boundedText(service.serviceName, 255),
    status: service.status ?? 'unknown',
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    launchType: service.launchType ?? '',
    assignsPublicAddress: isPublic,
    openRules: open,
    internetReachable: isPublic && routed,
    loadBalancers: service.loadBalancers?.length ?? 0,
    executeCommand: service.enableExecuteCommand ?? false,
  };
}

async function readGroups(GroupIds: string[], account: Reader): Promise<readonly SecurityGroup[]> {
  if (GroupIds.length === 0) return [];
  return (await account.send(new DescribeSecurityGroupsCommand({ GroupIds }))).SecurityGroups ?? [];
}
