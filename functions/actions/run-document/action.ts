import { defineAction } from '../../core/account.ts';
import { NothingToDoError, NotYetError, WrongStateError } from '../../core/errors.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import { isOf, isRunning, lastSuccess, readHistory, send, settled, stands } from './commands.ts';
import { pin } from './documents.ts';
import { readManaged } from './instance.ts';
import { beforeOf, documentsOf, Parameters, permissions, reads, writes } from './operations.ts';

/**
 * Runs a reviewed document of Systems Manager on an instance, and its inverse to undo it. What the instance is like
 * cannot be read from outside: what the last command came to is what is known of it.
 */
export const runDocument = defineAction({
  id: 'run-document',
  title: 'Run a reviewed document on an instance',
  targets: ['instance'],
  danger: 'medium',
  family: 'compute',
  order: 'credentials',
  params: Parameters,
  reads,
  writes,
  permissions,

  async plan(target, params, account) {
    const name = `instance ${target.id}`;
    const { run, undo } = documentsOf(params);
    const instance = await readManaged(target.id, account);
    const before = { run: await pin(run, account), undo: await pin(undo, account) };
    const history = await readHistory(target.id, before, account);
    if (history[0] && isRunning(history[0]))
      throw new NotYetError(name, `running document ${history[0].DocumentName}`);
    if (lastSuccess(history) === run.name)
      throw new NothingToDoError(name, `has run document ${run.name}, which nobody has undone since`);
    return {
      before,
      expected: { ran: run.name },
      change: `Systems Manager runs document ${run.name} on ${target.id}: its firewall rejects what every user but root, and every container with a network of its own, sends to the instance metadata service. Credentials that were fetched before live on, and a restart of the instance ends the rule.`,
      undo: `Run document ${undo.name} on ${target.id}, which removes exactly these rules.`,
      cannotRestore: [
        'What programs left undone while they got no metadata and no credentials.',
        'The history of commands of the instance, in which Systems Manager keeps both runs for 30 days.',
      ],
      blastRadius: [
        {
          what: 'programs of the instance that use its role or read its metadata',
          count: null,
          evidence: 'not available: which they are is known on the instance alone',
        },
      ],
      protectedTarget: isProtected(instance.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  async execute(planned, account, execution) {
    const { id } = planned.target;
    const before = beforeOf(planned);
    const [newest] = await readHistory(id, before, account);
    if (!stands(before.run, newest)) await send(id, before.run, account, execution);
    const [now] = await readHistory(id, before, account);
    settled(id, before.run, now);
  },

  async verify(planned, account) {
    const before = beforeOf(planned);
    const last = lastSuccess(await readHistory(planned.target.id, before, account));
    return {
      status: last === before.run.name ? 'done' : 'not-done',
      observed: `${last ?? 'neither document'} is what last succeeded on the instance`,
    };
  },

  async rollback(planned, account, execution) {
    const { id } = planned.target;
    const before = beforeOf(planned);
    const [newest] = await readHistory(id, before, account);
    if (newest?.DocumentName === before.run.name) {
      if (isRunning(newest)) throw new NotYetError(`instance ${id}`, `running document ${before.run.name}`);
      if (!isOf(execution, newest))
        throw new WrongStateError(
          `instance ${id}`,
          `under another run of ${before.run.name} than ours`,
          'whoever ran it has the right to undo it; do it by hand if that is meant',
        );
    }
    // Without any history too, since AWS forgets it: the inverse removes our rules alone, or none.
    if (!stands(before.undo, newest)) await send(id, before.undo, account, execution);
    const [now] = await readHistory(id, before, account);
    settled(id, before.undo, now);
  },
});
