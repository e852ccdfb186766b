import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { listResources } from './listing.ts';
import { findResource, requireResource } from './resources.ts';
import { changing, reading, type Scope } from './scope.ts';
import type { NetworkAclEntryState, NetworkAclState } from './state.ts';
import { tagsOf } from './tags.ts';

type Create = ec2.CreateNetworkAclEntryCommandInput;
type Delete = ec2.DeleteNetworkAclEntryCommandInput;

/** Rules of one direction, the closing ones counted: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html. */
const RULES = 20;

/** What lets packets into and out of subnets: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html */
export function networkAclOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeNetworkAcls: reading<ec2.DescribeNetworkAclsCommandInput, ec2.DescribeNetworkAclsCommandOutput>(
      cloud,
      'DescribeNetworkAcls',
      describe,
    ),
    CreateNetworkAclEntry: changing<Create, ec2.CreateNetworkAclEntryCommandOutput>(
      cloud,
      (input, scope) => [requireResource(scope, 'CreateNetworkAclEntry', input.NetworkAclId ?? '')],
      create,
    ),
    DeleteNetworkAclEntry: changing<Delete, ec2.DeleteNetworkAclEntryCommandOutput>(
      cloud,
      (input, scope) => [requireResource(scope, 'DeleteNetworkAclEntry', input.NetworkAclId ?? '')],
      remove,
    ),
  };
}

function describe(input: ec2.DescribeNetworkAclsCommandInput, scope: Scope) {
  const { items, NextToken } = listResources<NetworkAclState>(scope, input, {
    records: scope.ec2.networkAcls,
    prefix: 'acl',
    ids: input.NetworkAclIds,
    idOf: (acl) => acl.networkAclId,
    filters: {
      'network-acl-id': (acl) => acl.networkAclId,
      'vpc-id': (acl) => acl.vpcId,
      default: (acl) => acl.isDefault,
      'association.subnet-id': (acl) => acl.subnetIds,
    },
  });
  return { NetworkAcls: items.map((acl) => toAcl(scope, acl)), NextToken };
}

function toAcl(scope: Scope, acl: NetworkAclState): ec2.NetworkAcl {
  const { networkAclId: NetworkAclId } = acl;
  return {
    NetworkAclId,
    VpcId: acl.vpcId,
    IsDefault: acl.isDefault,
    OwnerId: scope.account,
    Associations: acl.subnetIds.map((SubnetId) => ({
      NetworkAclAssociationId: `aclassoc-${SubnetId.slice('subnet-'.length)}`,
      NetworkAclId,
      SubnetId,
    })),
    Entries: [false, true].flatMap((egress) => [
      ...ofDirection(acl, egress).map(toEntry),
      // What no rule speaks of is refused; nobody can change that.
      {
        RuleNumber: 32_767,
        Egress: egress,
        Protocol: '-1',
        RuleAction: 'deny' as const,
        CidrBlock: '0.0.0.0/0',
      },
    ]),
    Tags: tagsOf(scope, NetworkAclId),
  };
}

function ofDirection({ entries }: NetworkAclState, egress: boolean): readonly NetworkAclEntryState[] {
  const own = entries.filter((entry) => entry.egress === egress);
  return own.sort((left, right) => left.ruleNumber - right.ruleNumber);
}

function toEntry(entry: NetworkAclEntryState): ec2.NetworkAclEntry {
  const hasPorts = entry.fromPort !== undefined || entry.toPort !== undefined;
  return {
    RuleNumber: entry.ruleNumber,
    Egress: entry.egress,
    Protocol: entry.protocol,
    RuleAction: entry.ruleAction,
    CidrBlock: entry.cidrBlock,
    Ipv6CidrBlock: entry.ipv6CidrBlock,
    PortRange: hasPorts ? { From: entry.fromPort, To: entry.toPort } : undefined,
  };
}

function create(input: Create, scope: Scope): object {
  const acl = findResource(scope.ec2.networkAcls, input.NetworkAclId, 'acl');
  const entry = checkedEntry(input);
  const siblings = ofDirection(acl, entry.egress);
  if (siblings.some((one) => one.ruleNumber === entry.ruleNumber))
    throw new AwsError(
      'NetworkAclEntryAlreadyExists',
      `The network acl entry identified by ${entry.ruleNumber} already exists.`,
    );
  if (siblings.length + 1 >= RULES)
    throw new AwsError(
      'NetworkAclEntryLimitExceeded',
      `The network acl has ${RULES} rules of this direction`,
    );
  acl.entries = [...acl.entries, entry].sort((left, right) => left.ruleNumber - right.ruleNumber);
  return {};
}

function checkedEntry(input: Create): NetworkAclEntryState {
  const {
    RuleNumber: ruleNumber = 0,
    Egress: egress = false,
    Protocol: protocol = '',
    CidrBlock,
    Ipv6CidrBlock,
  } = input;
  if (ruleNumber < 1 || ruleNumber > 32_766)
    throw new AwsError('InvalidParameterValue', `Invalid rule number ${ruleNumber}`);
  if ((CidrBlock === undefined) === (Ipv6CidrBlock === undefined))
    throw new AwsError('MissingParameter', 'Either cidrBlock or ipv6CidrBlock must be given');
  if (!/^(-1|\d{1,3})$/.test(protocol) || (input.RuleAction !== 'allow' && input.RuleAction !== 'deny'))
    throw new AwsError('InvalidParameterValue', `Invalid protocol or rule action: ${protocol}`);
  return {
    ruleNumber,
    egress,
    protocol,
    ruleAction: input.RuleAction,
    ...(CidrBlock === undefined ? {} : { cidrBlock: CidrBlock }),
    ...(Ipv6CidrBlock === undefined ? {} : { ipv6CidrBlock: Ipv6CidrBlock }),
    ...(input.PortRange ? { fromPort: input.PortRange.From, toPort: input.PortRange.To } : {}),
  };
}

function remove({ NetworkAclId, RuleNumber, Egress = false }: Delete, scope: Scope): object {
  const acl = findResource(scope.ec2.networkAcls, NetworkAclId, 'acl');
  const kept = acl.entries.filter((one) => one.ruleNumber !== RuleNumber || one.egress !== Egress);
  if (kept.length === acl.entries.length)
    throw new AwsError(
      'InvalidNetworkAclEntry.NotFound',
      `The network acl entry identified by ${RuleNumber} does not exist.`,
    );
  acl.entries = kept;
  return {};
}
