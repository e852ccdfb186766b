import { DescribeInstancesCommand, type NetworkInterface } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { defineAction, type Execution } from '../../core/account.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { readInstance } from '../../core/instance.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import { blastRadius } from './blast-radius.ts';
import { ACTION, groupFor, isClosed, readGroups, removeGroups } from './groups.ts';
import {
  beforeOf,
  groupsOf,
  readInterfaces,
  reads,
  type SavedInterface,
  saved,
  type Writer,
  writeGroups,
  writes,
} from './interfaces.ts';
import { permissions } from './permissions.ts';

/** Cuts an instance off from every network, established connections included, while it keeps running. */
export const isolateInstance = defineAction({
  id: ACTION,
  title: 'Isolate an instance from the network',
  targets: ['instance'],
  danger: 'high',
  family: 'network',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions,

  async plan(target, _params, account) {
    const instance = await readInstance(target.id, (input) =>
      account.send(new DescribeInstancesCommand(input)),
    );
    const interfaces = await readInterfaces(target.id, account);
    const before = interfaces.map(saved);
    return {
      before: { interfaces: before },
      expected: { interfaces: before.map(({ id }) => ({ id, groups: ['one without any rule'] })) },
      change: `Every network interface of ${target.id} (${before.length}) gets one security group that allows nothing; for a moment before, one that allows everything, because only that cuts established connections.`,
      undo: 'Put the saved security groups back on each interface; remove the groups made for this, if unused.',
      cannotRestore: [],
      blastRadius: [...(await blastRadius(instance, interfaces, account)), ...keptByCode(instance.Tags)],
      protectedTarget: isProtected(instance.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  async execute(planned, account, execution) {
    for (const one of beforeOf(planned)) await isolate(one, planned.target.id, account, execution);
  },

  async verify(planned, account) {
    const interfaces = await readInterfaces(planned.target.id, account);
    const ids = [...new Set(interfaces.flatMap(groupsOf))];
    const groups = ids.length === 0 ? [] : await readGroups([{ Name: 'group-id', Values: ids }], account);
    const closed = new Set(groups.filter(isClosed).map((group) => group.GroupId));
    const reachable = interfaces.filter((one) => !hasOnly(one, (group) => closed.has(group)));
    return {
      status: reachable.length === 0 ? 'done' : 'not-done',
      observed: `${interfaces.length - reachable.length} of ${interfaces.length} interface(s) have only a group without rules`,
    };
  },

  async rollback(planned, account, execution) {
    const interfaces = beforeOf(planned);
    for (const { id, groups } of interfaces) await writeGroups(id, groups, account);
    await removeGroups(
      interfaces.map((one) => one.vpc),
      account,
      execution,
    );
  },
});

/**
 * Swapping groups leaves tracked connections alive. Through a group that allows everything they are not tracked, so
 * they end when the empty group follows: the order of AWS's own runbook, AWSSupport-ContainEC2Instance
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html).
 *
 * It fails forward. The closed group is ready before anything is opened, one interface at a time is open, and it is
 * closed even if opening failed: then old connections may outlive the change, but nothing new gets through.
 */
async function isolate(
  { id, vpc }: SavedInterface,
  instanceId: string,
  account: Writer,
  execution: Execution,
): Promise<void> {
  const closed = await groupFor('isolation-closed', vpc, account, execution);
  const current = (await readInterfaces(instanceId, account)).find((one) => one.NetworkInterfaceId === id);
  if (current && isOnly(current, closed)) return;
  try {
    const open = await groupFor('isolation-open', vpc, account, execution);
    await writeGroups(id, [open], account);
  } catch {
    // A failure here must not undo or delay the containment: a rollback would give the attacker his access back.
  }
  await writeGroups(id, [closed], account);
}

function isOnly(one: NetworkInterface, group: string): boolean {
  return hasOnly(one, (id) => id === group);
}

function hasOnly(one: NetworkInterface, test: (group: string) => boolean): boolean {
  const groups = groupsOf(one);
  return groups.length > 0 && groups.every(test);
}
