import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { boundedList } from '../../core/bounded.ts';
import { NothingToDoError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { readInstance } from '../../core/instance.ts';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import { isProtected, tagValue } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import {
  beforeOf,
  deregister,
  type Found,
  type Reader,
  readRegistrations,
  reads,
  register,
  unlessGone,
  writes,
} from './targets.ts';

/** As many registrations as a plan spells out. */
const LISTED = 4;
const narrow = (planned: PlannedAction) => [...new Set(beforeOf(planned).map(({ group }) => group))];

/** Takes an instance from behind its load balancers: visitors no longer reach what an intruder holds. */
export const deregisterTargets = defineAction({
  id: 'deregister-targets',
  title: 'Take an instance from its load balancers',
  targets: ['instance'],
  danger: 'medium',
  family: 'network',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: [
        'ec2:DescribeInstances',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
      ],
      resources: ['*'],
    },
    {
      actions: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
      resources: ['arn:{partition}:elasticloadbalancing:{region}:{account}:targetgroup/*'],
      narrow,
    },
  ],

  async plan(target, _params, account) {
    const instance = await describe(target.id, account);
    const found = await readRegistrations(instance, account);
    if (found.length === 0)
      throw new NothingToDoError(`instance ${target.id}`, 'is in no target group of its VPC');
    return {
      before: { targets: found.map((one) => one.registration) },
      expected: { targets: [] },
      change: `${target.id} gets no new connections from ${shown(found)}; those that are open drain for as long as each group allows, 5 minutes by default. It keeps running.`,
      undo: `Register ${target.id} with the same ${found.length} target group port(s) again; traffic follows once its health checks pass.`,
      cannotRestore: [],
      blastRadius: [...blastRadius(instance, found), ...keptByCode(instance.Tags)],
      protectedTarget: isProtected(instance.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  async execute(planned, account) {
    for (const registration of beforeOf(planned)) await deregister(registration, account);
  },

  async verify(planned, account) {
    const instance = await unlessGone(describe(planned.target.id, account));
    if (!instance) return { status: 'done', observed: 'the instance no longer exists' };
    const left = await readRegistrations(instance, account);
    return {
      status: left.length === 0 ? 'done' : 'not-done',
      observed: `the instance gets traffic from ${left.length} target group port(s)`,
    };
  },

  async rollback(planned, account) {
    await describe(planned.target.id, account);
    for (const registration of beforeOf(planned)) await register(registration, account);
  },
});

function describe(id: string, account: Reader): Promise<Instance> {
  return readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
}

/** The names of target groups hold letters, digits and hyphens alone. */
function shown(found: readonly Found[]): string {
  const places = found.map(({ registration: { group, port } }) => `${group.split('/')[1]} (port ${port})`);
  const { items, truncated } = boundedList(places, LISTED);
  return `${items.join(', ')}${truncated ? ` and ${places.length - LISTED} more` : ''}`;
}

function blastRadius({ Tags: tags }: Instance, found: readonly Found[]): readonly Consequence[] {
  const groups = new Map(found.map((one) => [one.registration.group, one.healthyOthers]));
  const empty = [...groups.values()].filter((healthy) => healthy === 0).length;
  const evidence = 'DescribeTargetHealth';
  const replaced = {
    what: 'Auto Scaling groups that may replace it, if they ask the load balancer for its health: enter-standby keeps it',
    count: 1,
    evidence: 'tag aws:autoscaling:groupName, which only AWS can write',
  };
  return [
    { what: 'target groups that lose it', count: groups.size, evidence },
    { what: 'target groups in which nothing healthy is left', count: empty, evidence },
    ...(tagValue(tags, 'aws:autoscaling:groupName') === undefined ? [] : [replaced]),
  ];
}
