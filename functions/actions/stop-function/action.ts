import { ListTagsCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { functionArn, lambdaFunction, readFunctionTags } from '../../core/lambda-function.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { blastRadius } from './callers.ts';
import { readReserved, reads, release, reservedBefore, stop, writes } from './concurrency.ts';

/** Lets no execution of a function start any more; those that run may run on for a quarter of an hour. */
export const stopFunction = defineAction({
  id: 'stop-function',
  title: 'Stop a function',
  targets: ['function'],
  danger: 'high',
  family: 'compute',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: [
        'lambda:GetFunctionConcurrency',
        'lambda:GetPolicy',
        'lambda:ListFunctionUrlConfigs',
        'lambda:ListTags',
        'lambda:PutFunctionConcurrency',
        'lambda:DeleteFunctionConcurrency',
      ],
      resources: [lambdaFunction()],
      narrow: (planned) => [lambdaFunction(planned.target.id)],
    },
    { actions: ['lambda:ListEventSourceMappings'], resources: ['*'] },
  ],

  async plan(target, _params, account) {
    const tags = await readFunctionTags(target, (input) => account.send(new ListTagsCommand(input)));
    const reserved = await readReserved(target, account);
    const name = `function ${target.id}`;
    if (reserved === undefined) throw new TargetNotFoundError(name);
    if (reserved === 0) throw new NothingToDoError(name, 'is stopped (0 executions are reserved for it)');
    return {
      before: { reserved },
      expected: { reserved: 0 },
      change: `No execution of ${target.id} starts any more: 0 are reserved for it. Executions that run now go on until they end, at most 15 minutes.`,
      undo:
        reserved === null
          ? `Remove the reservation of ${target.id} again.`
          : `Reserve ${reserved} executions for ${target.id} again.`,
      cannotRestore: cannotRestore(reserved),
      blastRadius: [...(await blastRadius(target, account)), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id, arn: functionArn(target) },
    };
  },

  execute: (planned, account) => stop(planned.target, account),

  async verify(planned, account) {
    const reserved = await readReserved(planned.target, account);
    if (reserved === undefined) return { status: 'done', observed: 'the function no longer exists' };
    return {
      status: reserved === 0 ? 'done' : 'not-done',
      observed: `${reserved === null ? 'no' : reserved} executions are reserved for the function`,
    };
  },

  async rollback(planned, account) {
    const reserved = reservedBefore(planned);
    const now = await readReserved(planned.target, account);
    const name = `function ${planned.target.id}`;
    if (now === undefined) throw new TargetNotFoundError(name);
    if (now === reserved) return;
    if (now !== 0)
      throw new WrongStateError(
        name,
        `limited to ${now === null ? 'nothing' : now} by somebody since`,
        'it is not stopped any more; set the reserved concurrency by hand if it is wrong',
      );
    await release(planned.target, reserved, account);
  },
});

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
function cannotRestore(reserved: number | null): readonly string[] {
  return [
    'Calls that are refused meanwhile: direct callers get an error; asynchronous events wait for 6 hours at most and are then dropped, or kept by a dead-letter queue if there is one.',
    ...(reserved === null
      ? []
      : [`The reservation of ${reserved} executions, if other functions reserve them meanwhile.`]),
  ];
}
