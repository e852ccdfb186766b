import { AuthorizeSecurityGroupIngressCommand, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { defineAction } from '../../core/account.ts';
import { boundedList } from '../../core/bounded.ts';
import { NothingToDoError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { hasName } from '../../core/named-error.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import { blastRadius, readGroup } from './group.ts';
import {
  beforeOf,
  Parameters,
  permissionOf,
  readOpenRules,
  reads,
  type SavedRule,
  shown,
  type Writer,
  writes,
} from './rules.ts';

/** As many rules as a plan spells out; a group may have 60 of them. */
const LISTED = 8;

/** Closes a group to the internet on a port, and leaves every other rule of it alone. */
export const revokeIngressRule = defineAction({
  id: 'revoke-ingress-rule',
  title: 'Revoke ingress rules that are open to the internet',
  targets: ['security-group'],
  danger: 'medium',
  family: 'network',
  order: 'network',
  params: Parameters,
  reads,
  writes,
  permissions: [
    {
      actions: [
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSecurityGroupRules',
        'ec2:DescribeNetworkInterfaces',
      ],
      resources: ['*'],
    },
    {
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupIngress'],
      resources: [ec2Resource('security-group')],
      narrow: (planned) => [ec2Resource('security-group', planned.target.id)],
    },
  ],

  async plan(target, params, account) {
    const group = await readGroup(target.id, account);
    const rules = await readOpenRules(target.id, params, account);
    const ports = portsOf(params);
    if (rules.length === 0)
      throw new NothingToDoError(`security group ${target.id}`, `lets nobody in from everywhere on ${ports}`);
    return {
      before: { rules: [...rules] },
      expected: { rules: [] },
      change: `${rules.length} ingress rule(s) of ${target.id} that let the internet in on ${ports} are revoked: ${listed(rules)}. Connections that are open now live on until they end.`,
      undo: `Authorize the same ${rules.length} rule(s) again, with their descriptions.`,
      cannotRestore: cannotRestore(rules),
      blastRadius: [...(await blastRadius(target.id, account)), ...keptByCode(group.Tags)],
      protectedTarget: isProtected(group.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('security-group', target.id), target) },
    };
  },

  async execute(planned, account) {
    const params = Parameters.parse(planned.params);
    const agreed = new Set(beforeOf(planned).map(({ id }) => id));
    const open = await readOpenRules(planned.target.id, params, account);
    for (const { id } of open) if (agreed.has(id)) await revoke(planned.target.id, id, account);
  },

  async verify(planned, account) {
    const params = Parameters.parse(planned.params);
    const open = await readOpenRules(planned.target.id, params, account);
    return {
      status: open.length === 0 ? 'done' : 'not-done',
      observed: `${open.length} rule(s) of the group let the internet in on ${portsOf(params)}`,
    };
  },

  async rollback(planned, account) {
    for (const rule of beforeOf(planned)) await authorize(planned.target.id, rule, account);
  },
});

/** One call a rule: a request with one rule that is gone would fail for all. */
async function revoke(GroupId: string, id: string, account: Writer): Promise<void> {
  try {
    await account.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [id] }));
  } catch (error) {
    if (!hasName(error, 'InvalidSecurityGroupRuleId.NotFound')) throw error;
  }
}

/** A rule is the same by protocol, ports and source: EC2 refuses a second one. */
async function authorize(GroupId: string, rule: SavedRule, account: Writer): Promise<void> {
  const IpPermissions = [permissionOf(rule)];
  try {
    await account.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  } catch (error) {
    if (!hasName(error, 'InvalidPermission.Duplicate')) throw error;
  }
}

function portsOf({ port }: Parameters): string {
  return port === undefined ? 'a port other than 80 and 443' : `port ${port}`;
}

function listed(rules: readonly SavedRule[]): string {
  const { items, truncated } = boundedList(rules.map(shown), LISTED);
  return `${items.join(', ')}${truncated ? ` and ${rules.length - LISTED} more` : ''}`;
}

function cannotRestore(rules: readonly SavedRule[]): readonly string[] {
  const tagged = rules.filter((rule) => rule.tagged).length;
  return [
    `The ids of the rules: ${rules.length} new one(s) come.`,
    ...(tagged > 0 ? [`The tags of ${tagged} rule(s).`] : []),
  ];
}
