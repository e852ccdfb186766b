import { StartInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { defineAction, type Verification } from '../../core/account.ts';
import { NotYetError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import { readRunning, reads, stateOf, type Writer, writes } from './instance.ts';
import { beforeOf, blastRadius, cannotRestore, readBefore } from './losses.ts';
import { permissions } from './permissions.ts';

/** Ends everything that an instance does, for what no isolation stops: a miner, a wiper, a bill. */
export const stopInstance = defineAction({
  id: 'stop-instance',
  title: 'Stop an instance',
  targets: ['instance'],
  danger: 'high',
  family: 'compute',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions,

  async plan(target, _params, account) {
    const instance = await readRunning(target.id, account);
    const before = await readBefore(instance, account);
    return {
      before,
      expected: { state: 'stopped' },
      change: `${target.id} is shut down and stopped: every program on it ends. Its EBS volumes, private addresses and elastic addresses stay.`,
      undo: `Start ${target.id} again, as it was running before.`,
      cannotRestore: cannotRestore(before),
      blastRadius: [...(await blastRadius(instance, before, account)), ...keptByCode(instance.Tags)],
      protectedTarget: isProtected(instance.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  async execute(planned, account) {
    await account.send(new StopInstancesCommand({ InstanceIds: [planned.target.id] }));
  },

  verify: async (planned, account) => verification(await stateOf(planned.target.id, account)),

  async rollback(planned, account) {
    beforeOf(planned);
    await startAgain(planned.target.id, account);
  },
});

/** Stopping takes minutes and cannot be called off, so it counts. What is gone does nothing any more either. */
function verification(state: string): Verification {
  switch (state) {
    case 'stopped':
      return { status: 'done', observed: 'the instance is stopped' };
    case 'stopping':
      return {
        status: 'done',
        observed:
          'the instance is stopping, which cannot be called off; programs may run until it is stopped',
      };
    case 'shutting-down':
      return { status: 'done', observed: 'the instance is shutting-down: it is being terminated' };
    case 'terminated':
      return { status: 'done', observed: 'the instance no longer exists' };
    default:
      return { status: 'not-done', observed: `the instance is ${state}` };
  }
}

/** EC2 starts only what has come to a stop. Throws NotYetError until then. */
async function startAgain(id: string, account: Writer): Promise<void> {
  const state = await stateOf(id, account);
  const name = `instance ${id}`;
  if (state === 'running' || state === 'pending') return;
  if (state === 'terminated') throw new TargetNotFoundError(name);
  if (state === 'shutting-down') throw new WrongStateError(name, state, 'it cannot be started again');
  if (state === 'stopping') throw new NotYetError(name, state);
  await account.send(new StartInstancesCommand({ InstanceIds: [id] }));
}
