import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { NotYetError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { readInstance } from '../../core/instance.ts';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import {
  beforeOf,
  checkInService,
  enter,
  exit,
  groupIdOf,
  isStandby,
  type Membership,
  readGroup,
  readMembership,
  reads,
  writes,
} from './group.ts';

/** By the id alone: the name behind it is anybody's text, and may hold a `*`. */
const groupArn = (id: string) =>
  `arn:{partition}:autoscaling:{region}:{account}:autoScalingGroup:${id}:autoScalingGroupName/*`;

/** Takes an instance out of its group's service, and keeps the group from replacing what is to be looked at. */
export const enterStandby = defineAction({
  id: 'enter-standby',
  title: 'Take an instance out of service',
  targets: ['instance'],
  danger: 'medium',
  family: 'compute',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: [
        'ec2:DescribeInstances',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeAutoScalingGroups',
      ],
      resources: ['*'],
    },
    {
      actions: ['autoscaling:EnterStandby', 'autoscaling:ExitStandby'],
      resources: [groupArn('*')],
      narrow: (planned) => [groupArn(beforeOf(planned).groupId)],
    },
  ],

  async plan(target, _params, account) {
    const { Tags: tags } = await readInstance(target.id, (input) =>
      account.send(new DescribeInstancesCommand(input)),
    );
    const member = checkInService(target.id, await readMembership(target.id, account));
    const group = await readGroup(target.id, member.group, account);
    checkCapacity(target.id, group);
    return {
      before: { group: member.group, groupId: groupIdOf(group), lifecycle: 'InService' },
      expected: { lifecycle: 'Standby' },
      change: `${target.id} goes into standby: its Auto Scaling group neither replaces nor terminates it, its load balancers send it nothing more, and the group wants one instance less until then. It keeps running, and reaches the network as before.`,
      undo: `Take ${target.id} out of standby: it is in service again, and the group wants one instance more.`,
      cannotRestore: [],
      blastRadius: [...blastRadius(group), ...keptByCode(tags)],
      protectedTarget: isProtected(tags) || isProtected(group.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  async execute(planned, account) {
    const member = await readMembership(planned.target.id, account);
    refuseOther(planned, member);
    if (isStandby(member)) return;
    checkInService(planned.target.id, member);
    await enter(planned.target.id, beforeOf(planned), account);
  },

  async verify(planned, account) {
    const member = await readMembership(planned.target.id, account);
    if (!member) return { status: 'done', observed: 'the instance is in no Auto Scaling group any more' };
    return {
      status: isStandby(member) ? 'done' : 'not-done',
      observed: `the instance is ${member.lifecycle} in its Auto Scaling group`,
    };
  },

  async rollback(planned, account) {
    const { id } = planned.target;
    const member = await readMembership(id, account);
    refuseOther(planned, member);
    if (member.lifecycle === 'EnteringStandby') throw new NotYetError(`instance ${id}`, member.lifecycle);
    if (member.lifecycle === 'Standby') await exit(id, beforeOf(planned), account);
  },
});

/** Throws TargetNotFoundError for what left its group, WrongStateError for what is in another one since. */
function refuseOther(planned: PlannedAction, member: Membership | undefined): asserts member is Membership {
  const name = `instance ${planned.target.id}`;
  if (!member) throw new TargetNotFoundError(`${name} in its Auto Scaling group`);
  if (member.group === beforeOf(planned).group) return;
  throw new WrongStateError(name, 'in another group than when this was planned', 'plan again');
}

/** Standby must not take the group below its minimum: AWS would refuse it. */
function checkCapacity(
  id: string,
  { MinSize: minimum = 0, DesiredCapacity: desired = 0 }: AutoScalingGroup,
): void {
  if (desired > minimum) return;
  throw new WrongStateError(
    `instance ${id}`,
    `one of the ${minimum} that its Auto Scaling group has at least`,
    'lower the minimum size of the group first, or isolate the instance',
  );
}

function blastRadius(group: AutoScalingGroup): readonly Consequence[] {
  const serving = (group.Instances ?? []).filter((one) => one.LifecycleState === 'InService').length;
  const balancers = (group.TargetGroupARNs?.length ?? 0) + (group.LoadBalancerNames?.length ?? 0);
  const evidence = 'DescribeAutoScalingGroups';
  return [
    { what: 'instances that the group is short of', count: 1, evidence },
    { what: 'load balancers and target groups that send it nothing more', count: balancers, evidence },
    { what: 'instances of the group that serve on', count: Math.max(0, serving - 1), evidence },
  ];
}
