import { defineAction } from '../../core/account.ts';
import { NothingToDoError, TargetNotFoundError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import { refuseShared } from '../../core/shared-addresses.ts';
import { addressBook } from './address-book.ts';
import { addRule, denies, placeFor, readLists, removeRule } from './lists.ts';
import { beforeOf, type Denial, denialOf, Parameters, reads, writes } from './operations.ts';
import { blastRadius, readPlace } from './place.ts';

/** Shuts one address out of the subnets of an instance or interface; open connections with it end as well. */
export const denyNetworkAcl = defineAction({
  id: 'deny-network-acl',
  title: 'Deny an address at the network ACL',
  targets: ['instance', 'network-interface'],
  danger: 'medium',
  family: 'network',
  order: 'network',
  params: Parameters,
  reads,
  writes,
  permissions: [
    {
      actions: [
        'ec2:DescribeInstances',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeNetworkAcls',
        'ec2:DescribeAddresses',
        'ec2:DescribeManagedPrefixLists',
      ],
      resources: ['*'],
    },
    {
      actions: ['ec2:GetManagedPrefixListEntries'],
      resources: ['arn:{partition}:ec2:{region}:aws:prefix-list/*'],
    },
    {
      actions: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAclEntry'],
      resources: [ec2Resource('network-acl')],
      narrow: (planned) => beforeOf(planned).rules.map(({ acl }) => ec2Resource('network-acl', acl)),
    },
  ],

  async plan(target, params, account) {
    const denial = denialOf(params);
    const { subnets, tags } = await readPlace(target, account);
    const lists = await readLists(subnets, account);
    if (lists.length === 0) throw new TargetNotFoundError(`a network ACL of ${target.kind} ${target.id}`);
    const open = lists.filter((list) => !denies(list, denial));
    if (open.length === 0)
      throw new NothingToDoError(`${target.kind} ${target.id}`, `is closed, ${shown(denial)}`);
    await refuseShared(denial.address, addressBook(account));
    const rules = open.map((list) => placeFor(list, denial));
    const places = rules.map(({ acl, ruleNumber }) => `rule ${ruleNumber} of ${acl}`).join(', ');
    return {
      before: { subnets: [...subnets], rules },
      expected: { denied: denial.cidr },
      change: `${places}: everything ${shown(denial)} is denied, for all that is in the subnets behind, open connections included.`,
      undo: `Delete exactly these rules: ${places}.`,
      cannotRestore: [],
      blastRadius: [...(await blastRadius(open, account)), ...open.flatMap((list) => keptByCode(list.Tags))],
      protectedTarget: isProtected(tags) || open.some((list) => isProtected(list.Tags)),
      observed: { id: target.id, arn: fillResource(ec2Resource(target.kind, target.id), target) },
    };
  },

  async execute(planned, account) {
    const denial = denialOf(planned.params);
    for (const rule of beforeOf(planned).rules) await addRule(rule, denial, account);
  },

  async verify(planned, account) {
    const denial = denialOf(planned.params);
    const lists = await readLists(beforeOf(planned).subnets, account);
    const open = lists.filter((list) => !denies(list, denial)).length;
    return {
      status: open === 0 ? 'done' : 'not-done',
      observed: `${lists.length - open} of ${lists.length} network ACL(s) deny everything ${shown(denial)}`,
    };
  },

  async rollback(planned, account) {
    const denial = denialOf(planned.params);
    for (const rule of beforeOf(planned).rules) await removeRule(rule, denial, account);
  },
});

function shown({ cidr, egress }: Denial): string {
  return `${egress ? 'to' : 'from'} ${cidr}`;
}
