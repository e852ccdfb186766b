import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import type { Execution } from '../../core/account.ts';
import { hasName } from '../../core/named-error.ts';
import { reservedTags, tagValue } from '../../core/reserved-tags.ts';
import type { Reader, Writer } from './interfaces.ts';

/** The value of the action tag, on which the role's permissions hang as well. */
export const ACTION = 'isolate-instance';

/** `closed` has no rule at all; `open` allows everything, so that connections through it are not tracked. */
export type Purpose = 'isolation-closed' | 'isolation-open';

const EVERYTHING = [
  { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
];

export function isClosed(group: SecurityGroup): boolean {
  return (
    tagValue(group.Tags, reservedTags.purpose) === ('isolation-closed' satisfies Purpose) &&
    !group.IpPermissions?.length &&
    !group.IpPermissionsEgress?.length
  );
}

function isOpen(group: SecurityGroup): boolean {
  return group.IpPermissions?.some((rule) => rule.IpProtocol === '-1') ?? false;
}

/**
 * The VPC's group for a purpose: one that is fit for it, whoever made it, or one of our own, which is finished if an
 * earlier try was cut off. A group of others that was tampered with is left alone.
 */
export async function groupFor(
  purpose: Purpose,
  vpc: string,
  account: Writer,
  execution: Execution,
): Promise<string> {
  const groups = await readGroups([vpcFilter(vpc), tagFilter(reservedTags.purpose, purpose)], account);
  const fit = groups.find(purpose === 'isolation-closed' ? isClosed : isOpen);
  if (fit) return fit.GroupId ?? '';
  const own = groups.find((group) => tagValue(group.Tags, reservedTags.plan) === execution.manifestHash);
  const id = own?.GroupId ?? (await create(purpose, vpc, account, execution));
  await (purpose === 'isolation-closed' ? close(id, own, account) : open(id, account));
  return id;
}

async function create(
  purpose: Purpose,
  vpc: string,
  account: Writer,
  { incident, manifestHash }: Execution,
): Promise<string> {
  const tags = [
    { Key: reservedTags.action, Value: ACTION },
    { Key: reservedTags.purpose, Value: purpose },
    { Key: reservedTags.incident, Value: incident },
    { Key: reservedTags.plan, Value: manifestHash },
  ];
  const { GroupId } = await account.send(
    new CreateSecurityGroupCommand({
      // A name that nobody else can take first: names are unique in a VPC.
      GroupName: `sallyport-${purpose}-${manifestHash.slice(0, 12)}`,
      Description: `Sallyport ${purpose} for ${incident}`,
      VpcId: vpc,
      TagSpecifications: [{ ResourceType: 'security-group', Tags: tags }],
    }),
  );
  return GroupId ?? '';
}

/** A new group allows all egress: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html. */
async function close(id: string, known: SecurityGroup | undefined, account: Writer): Promise<void> {
  const group = known ?? (await readGroups([{ Name: 'group-id', Values: [id] }], account))[0];
  const rules = group?.IpPermissionsEgress ?? [];
  if (rules.length === 0) return;
  await account.send(new RevokeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: rules }));
}

async function open(id: string, account: Writer): Promise<void> {
  await account.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: EVERYTHING }));
}

/** Removes the groups that this plan made, unless somebody uses them by now. */
export async function removeGroups(
  vpcs: readonly string[],
  account: Writer,
  execution: Execution,
): Promise<void> {
  const ours = [
    tagFilter(reservedTags.plan, execution.manifestHash),
    tagFilter(reservedTags.incident, execution.incident),
  ];
  for (const vpc of new Set(vpcs))
    for (const { GroupId } of await readGroups([vpcFilter(vpc), ...ours], account))
      await removeUnused(GroupId ?? '', account);
}

async function removeUnused(id: string, account: Writer): Promise<void> {
  const filters = [{ Name: 'group-id', Values: [id] }];
  const users = await account.send(new DescribeNetworkInterfacesCommand({ Filters: filters }));
  if (users.NetworkInterfaces?.length) return;
  try {
    await account.send(new DeleteSecurityGroupCommand({ GroupId: id }));
  } catch (error) {
    // Taken into use a moment ago, or gone: both are as they should be.
    if (!hasName(error, 'DependencyViolation', 'InvalidGroup.NotFound')) throw error;
  }
}

export async function readGroups(
  filters: readonly { Name: string; Values: string[] }[],
  account: Reader,
): Promise<readonly SecurityGroup[]> {
  const answer = await account.send(new DescribeSecurityGroupsCommand({ Filters: [...filters] }));
  return answer.SecurityGroups ?? [];
}

function vpcFilter(vpc: string) {
  return { Name: 'vpc-id', Values: [vpc] };
}

function tagFilter(key: string, value: string) {
  return { Name: `tag:${key}`, Values: [value] };
}
