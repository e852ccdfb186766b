import {
  AddPermissionCommand,
  GetPolicyCommand,
  ListTagsCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { CannotRestoreError, NotYetError, WrongStateError } from '../../core/errors.ts';
import {
  functionStatements,
  type Statement,
  sameStatement,
  statementId,
} from '../../core/function-statement.ts';
import { changeFunction, functionArn } from '../../core/lambda-function.ts';
import { hasName } from '../../core/named-error.ts';
import type { Target } from '../../core/plan.ts';
import { permissionOf } from './permission.ts';

export const reads = [GetPolicyCommand, ListTagsCommand] as const;
export const writes = [RemovePermissionCommand, AddPermissionCommand] as const;
export type Reader = Account<typeof reads>;
type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** The version or alias whose policy it is about; the function's own without one. */
export const Parameters = z.strictObject({
  qualifier: z
    .string()
    .regex(/^[\w-]{1,128}$/)
    .exactOptional(),
});
export type Parameters = z.infer<typeof Parameters>;

/** Whose policy: what an action's target and parameters say together. */
export interface Holder {
  readonly target: Target;
  readonly qualifier?: string;
}

interface ReadPolicy {
  readonly statements: readonly Statement[];
  readonly revision: string | undefined;
}

export function holderArn({ target, qualifier }: Holder): string {
  return qualifier === undefined ? functionArn(target) : `${functionArn(target)}:${qualifier}`;
}

/** The policy's statements, none where there is no policy, or no such function or alias. */
export async function readPolicy(holder: Holder, account: Reader): Promise<ReadPolicy> {
  try {
    const answer = await account.send(new GetPolicyCommand({ FunctionName: holderArn(holder) }));
    return { statements: functionStatements(answer.Policy), revision: answer.RevisionId };
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) return { statements: [], revision: undefined };
    throw error;
  }
}

/** Removes one statement if it still says what was agreed; under its revision, so that none is lost that changed since. */
export async function remove(holder: Holder, agreed: Statement, account: Writer): Promise<void> {
  const { statements, revision } = await readPolicy(holder, account);
  if (!statements.some((one) => sameStatement(one, agreed))) return;
  const input = { FunctionName: holderArn(holder), StatementId: statementId(agreed), RevisionId: revision };
  try {
    await account.send(new RemovePermissionCommand(input));
  } catch (error) {
    if (hasName(error, 'PreconditionFailedException', 'ResourceConflictException'))
      throw new NotYetError(`the policy of function ${holder.target.id}`, 'being changed');
    if (!hasName(error, 'ResourceNotFoundException')) throw error;
  }
}

/**
 * Puts one statement back. Throws WrongStateError where somebody else's has its id, CannotRestoreError where
 * AddPermission cannot write it or its principal is gone, TargetNotFoundError where the function is.
 */
export async function putBack(holder: Holder, saved: Statement, account: Writer): Promise<void> {
  const { statements } = await readPolicy(holder, account);
  if (statements.some((one) => sameStatement(one, saved))) return;
  const name = `statement ${saved.Sid} of function ${holder.target.id}`;
  if (statements.some(({ Sid }) => Sid === saved.Sid))
    throw new WrongStateError(name, 'another one by now', 'compare the two, and put the right one by hand');
  const permission = permissionOf(saved, holderArn(holder));
  if (!permission)
    throw new CannotRestoreError(name, 'AddPermission cannot write it; put it back with PutResourcePolicy');
  await add(
    name,
    holder,
    new AddPermissionCommand({ FunctionName: holderArn(holder), ...permission }),
    account,
  );
}

async function add(name: string, { target }: Holder, command: AddPermissionCommand, account: Writer) {
  try {
    await changeFunction(target.id, () => account.send(command));
  } catch (error) {
    if (!hasName(error, 'InvalidParameterValueException')) throw error;
    throw new CannotRestoreError(name, 'Lambda refuses its principal, which was probably deleted since');
  }
}
