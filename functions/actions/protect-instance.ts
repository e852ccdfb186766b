import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  type Instance,
  ModifyInstanceAttributeCommand,
} from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { type Account, defineAction } from '../core/account.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../core/errors.ts';
import { keptByCode } from '../core/infrastructure-as-code.ts';
import { readInstance } from '../core/instance.ts';
import type { Consequence, PlannedAction } from '../core/plan.ts';
import { isProtected, tagValue } from '../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../core/resource-pattern.ts';
import { attributeChanges, safe, Termination, terminationOf } from '../core/termination.ts';

const reads = [DescribeInstancesCommand, DescribeInstanceAttributeCommand] as const;
const writes = [ModifyInstanceAttributeCommand] as const;
type Reader = Account<typeof reads>;
type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

const beforeOf = (planned: PlannedAction) => Termination.parse(planned.before);

/** Keeps an instance and its disks from being terminated, by mistake or by whoever covers tracks. Costs nothing. */
export const protectInstance = defineAction({
  id: 'protect-instance',
  title: 'Protect an instance from termination',
  targets: ['instance'],
  danger: 'low',
  undoing: 'harmless',
  family: 'compute',
  order: 'evidence',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    { actions: ['ec2:DescribeInstances'], resources: ['*'] },
    {
      actions: ['ec2:DescribeInstanceAttribute', 'ec2:ModifyInstanceAttribute'],
      resources: [ec2Resource('instance')],
      narrow: (planned) => [ec2Resource('instance', planned.target.id)],
    },
  ],

  async plan(target, _params, account) {
    const instance = await describe(target.id, account);
    checkState(target.id, instance);
    const before = await readTermination(instance, account);
    if (isSafe(before))
      throw new NothingToDoError(`instance ${target.id}`, 'is protected, and its volumes outlive it');
    const lost = before.volumes.filter((volume) => volume.deleted).length;
    return {
      before,
      expected: safe(before),
      change: `Termination protection of ${target.id} is turned on, and ${lost} volume(s) that would be deleted with it no longer are. It keeps running; stopping it, or shutting it down from inside, is still possible.`,
      undo: `Restore termination protection and DeleteOnTermination of ${target.id} as they were.`,
      cannotRestore: [],
      blastRadius: [...blastRadius(instance), ...keptByCode(instance.Tags)],
      protectedTarget: isProtected(instance.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  async execute(planned, account) {
    await write(planned.target.id, safe(beforeOf(planned)), account);
  },

  async verify(planned, account) {
    try {
      const now = await readTermination(await describe(planned.target.id, account), account);
      const lost = now.volumes.filter((volume) => volume.deleted).length;
      return {
        status: isSafe(now) ? 'done' : 'not-done',
        observed: `termination protection is ${now.protected ? 'on' : 'off'}, and ${lost} volume(s) would be deleted`,
      };
    } catch (error) {
      if (!(error instanceof TargetNotFoundError)) throw error;
      return { status: 'not-done', observed: 'the instance no longer exists' };
    }
  },

  rollback: (planned, account) => write(planned.target.id, beforeOf(planned), account),
});

function isSafe(termination: Termination): boolean {
  return termination.protected && !termination.volumes.some((volume) => volume.deleted);
}

function describe(id: string, account: Reader): Promise<Instance> {
  return readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html */
function checkState(id: string, { State: state, InstanceLifecycle: lifecycle }: Instance): void {
  if (state?.Name === 'shutting-down')
    throw new WrongStateError(`instance ${id}`, state.Name, 'it is too late; snapshot what volumes are left');
  if (lifecycle === 'spot')
    throw new WrongStateError(
      `instance ${id}`,
      'a Spot instance',
      'EC2 does not protect it from termination',
    );
}

async function readTermination(instance: Instance, account: Reader): Promise<Termination> {
  const { DisableApiTermination: attribute } = await account.send(
    new DescribeInstanceAttributeCommand({
      InstanceId: instance.InstanceId,
      Attribute: 'disableApiTermination',
    }),
  );
  return terminationOf(instance, attribute?.Value ?? false);
}

/** Of volumes that were detached since, or took another's device, nothing is written. */
async function write(id: string, wanted: Termination, account: Writer): Promise<void> {
  const attached = terminationOf(await describe(id, account), wanted.protected).volumes;
  const volumes = wanted.volumes.filter((volume) =>
    attached.some((one) => one.id === volume.id && one.device === volume.device),
  );
  for (const change of attributeChanges(id, { ...wanted, volumes }))
    await account.send(new ModifyInstanceAttributeCommand(change));
}

/** Only AWS writes tags under `aws:`; the group's name is anybody's text, and stays out. */
function blastRadius({ Tags: tags }: Instance): readonly Consequence[] {
  const interruptions = {
    what: 'interruptions of the instance: two of its attributes change',
    count: 0,
    evidence: 'ModifyInstanceAttribute changes DisableApiTermination and DeleteOnTermination while it runs',
  };
  if (tagValue(tags, 'aws:autoscaling:groupName') === undefined) return [interruptions];
  const group = {
    what: 'Auto Scaling groups that may terminate it all the same: only its volumes are safe then',
    count: 1,
    evidence: 'tag aws:autoscaling:groupName, which only AWS can write',
  };
  return [interruptions, group];
}
