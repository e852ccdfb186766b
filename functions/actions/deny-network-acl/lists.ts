import {
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  type NetworkAcl,
  type NetworkAclEntry,
} from '@aws-sdk/client-ec2';
import { WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import { covers, type Network, parseNetwork } from '../../core/network.ts';
import type { Denial, Reader, Rule, Writer } from './operations.ts';

/** Rules of one direction, the closing ones counted: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html. */
const QUOTA = 20;

/** The lists that guard these subnets now; every subnet has exactly one. */
export async function readLists(subnets: readonly string[], account: Reader): Promise<readonly NetworkAcl[]> {
  if (subnets.length === 0) return [];
  return find('association.subnet-id', subnets, account);
}

async function find(
  Name: string,
  values: readonly string[],
  account: Reader,
): Promise<readonly NetworkAcl[]> {
  const lists: NetworkAcl[] = [];
  let nextToken: string | undefined;
  do {
    const Filters = [{ Name, Values: [...values] }];
    const page = await account.send(new DescribeNetworkAclsCommand({ Filters, NextToken: nextToken }));
    lists.push(...(page.NetworkAcls ?? []));
    nextToken = page.NextToken;
  } while (nextToken);
  return lists.sort((a, b) => (a.NetworkAclId ?? '').localeCompare(b.NetworkAclId ?? ''));
}

/**
 * Whether nothing of the address gets through: the first rule that speaks of it decides
 * (https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html). A deny of one protocol leaves the others.
 */
export function denies(list: NetworkAcl, { address, egress }: Denial): boolean {
  const deciding = ofDirection(list, egress).filter((entry) => speaksOf(entry, address));
  const first = deciding.find(({ RuleAction, Protocol }) => RuleAction === 'allow' || Protocol === '-1');
  return first?.RuleAction !== 'allow';
}

function speaksOf({ CidrBlock, Ipv6CidrBlock }: NetworkAclEntry, address: Network): boolean {
  const range = parseNetwork(CidrBlock ?? Ipv6CidrBlock ?? '');
  return range !== undefined && covers(range, address);
}

function ofDirection({ Entries: entries = [] }: NetworkAcl, egress: boolean): NetworkAclEntry[] {
  const own = entries.filter((entry) => entry.Egress === egress);
  return own.sort((a, b) => (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0));
}

/** The highest free number below every allow. Throws WrongStateError for a list that has no room. */
export function placeFor(list: NetworkAcl, { egress }: Denial): Rule {
  const acl = list.NetworkAclId ?? '';
  const name = `network ACL ${acl}`;
  const entries = ofDirection(list, egress);
  if (entries.length >= QUOTA)
    throw new WrongStateError(
      name,
      'full',
      `it has ${entries.length} rules of this direction and may have ${QUOTA}; take one out first`,
    );
  const taken = new Set(entries.map((entry) => entry.RuleNumber));
  const lowest = entries.find((entry) => entry.RuleAction === 'allow')?.RuleNumber ?? 1;
  for (let ruleNumber = lowest - 1; ruleNumber > 0; ruleNumber -= 1)
    if (!taken.has(ruleNumber)) return { acl, ruleNumber };
  throw new WrongStateError(
    name,
    'without a free number below its first allow',
    'number its rules anew first',
  );
}

/** Throws WrongStateError where somebody else's rule has taken the place. */
export async function addRule(rule: Rule, denial: Denial, account: Writer): Promise<void> {
  if ((await occupantOf(rule, denial, account)) === 'ours') return;
  await account
    .send(
      new CreateNetworkAclEntryCommand({
        ...keyOf(rule, denial),
        Protocol: '-1',
        RuleAction: 'deny',
        ...(denial.address.family === 6 ? { Ipv6CidrBlock: denial.cidr } : { CidrBlock: denial.cidr }),
      }),
    )
    .catch(async (error: unknown) => {
      if (!hasName(error, 'NetworkAclEntryAlreadyExists')) throw error;
      await occupantOf(rule, denial, account);
    });
}

/** A rule, or a list, that is gone is what was asked for. Throws WrongStateError for a rule that is not ours. */
export async function removeRule(rule: Rule, denial: Denial, account: Writer): Promise<void> {
  if ((await occupantOf(rule, denial, account)) === 'nobody') return;
  try {
    await account.send(new DeleteNetworkAclEntryCommand(keyOf(rule, denial)));
  } catch (error) {
    if (!hasName(error, 'InvalidNetworkAclEntry.NotFound', 'InvalidNetworkAclID.NotFound')) throw error;
  }
}

/** Rules carry no tags: ours is the one that denies everything of this very address under our number. */
async function occupantOf(
  { acl, ruleNumber }: Rule,
  { address, egress }: Denial,
  account: Reader,
): Promise<'ours' | 'nobody'> {
  const [list] = await find('network-acl-id', [acl], account);
  const entry = list && ofDirection(list, egress).find((one) => one.RuleNumber === ruleNumber);
  if (!entry) return 'nobody';
  const range = parseNetwork(entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '');
  const same =
    range?.family === address.family && range.bits === address.bits && range.first === address.first;
  if (same && entry.RuleAction === 'deny' && entry.Protocol === '-1') return 'ours';
  throw new WrongStateError(
    `network ACL ${acl}`,
    `under another rule ${ruleNumber} than ours`,
    'somebody has changed it since; look at it, and plan again',
  );
}

function keyOf({ acl, ruleNumber }: Rule, { egress }: Denial) {
  return { NetworkAclId: acl, RuleNumber: ruleNumber, Egress: egress };
}
