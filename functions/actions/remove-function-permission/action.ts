import { ListTagsCommand } from '@aws-sdk/client-lambda';
import { defineAction } from '../../core/account.ts';
import { CannotRestoreError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { functionArn, lambdaFunction, readFunctionTags } from '../../core/lambda-function.ts';
import { State } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import {
  blastRadius,
  cannotRestore,
  holderOf,
  namedStrangers,
  readOpen,
  readRemovable,
  statementsBefore,
} from './before.ts';
import { Parameters, putBack, reads, remove, writes } from './policy.ts';

/**
 * Takes out of a function's policy what lets everybody or other accounts use the function. What lets the account's
 * own services and principals in stays.
 */
export const removeFunctionPermission = defineAction({
  id: 'remove-function-permission',
  title: "Remove strangers from a function's policy",
  targets: ['function'],
  danger: 'medium',
  family: 'policy',
  order: 'credentials',
  params: Parameters,
  reads,
  writes,
  permissions: [
    {
      actions: ['lambda:ListTags'],
      resources: [lambdaFunction()],
      narrow: (planned) => [lambdaFunction(planned.target.id)],
    },
    {
      actions: ['lambda:GetPolicy', 'lambda:RemovePermission', 'lambda:AddPermission'],
      resources: [lambdaFunction()],
      narrow: (planned) => {
        const { target, qualifier } = holderOf(planned);
        return [lambdaFunction(qualifier === undefined ? target.id : `${target.id}:${qualifier}`)];
      },
    },
  ],

  async plan(target, params, account) {
    const tags = await readFunctionTags(target, (input) => account.send(new ListTagsCommand(input)));
    const holder = { target, ...params };
    const statements = await readRemovable(holder, account);
    const whose =
      params.qualifier === undefined ? target.id : `alias or version ${params.qualifier} of ${target.id}`;
    return {
      before: State.parse({ statements }),
      expected: { statements: [] },
      change: `${statements.length} statement(s) leave the policy of ${whose}: these may no longer call it: ${namedStrangers(statements, account.id)}. Policies of its other versions and aliases stay as they are.`,
      undo: `Add the same ${statements.length} statement(s) again.`,
      cannotRestore: cannotRestore(holder, statements),
      blastRadius: [...blastRadius(statements, account.id), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id, arn: functionArn(target) },
    };
  },

  async execute(planned, account) {
    for (const statement of statementsBefore(planned)) await remove(holderOf(planned), statement, account);
  },

  async verify(planned, account) {
    const open = await readOpen(holderOf(planned), account);
    return {
      status: open.length === 0 ? 'done' : 'not-done',
      observed: `${open.length} statement(s) let in somebody from outside the account`,
    };
  },

  async rollback(planned, account) {
    const lost: Error[] = [];
    for (const statement of statementsBefore(planned))
      await putBack(holderOf(planned), statement, account).catch((error: unknown) => {
        if (!(error instanceof CannotRestoreError || error instanceof WrongStateError)) throw error;
        lost.push(error);
      });
    // Everything that can come back has; the first reason says what could not.
    if (lost[0]) throw lost[0];
  },
});
