import * as z from 'zod';
import { boundedList } from '../../core/bounded.ts';
import { NothingToDoError, WrongStateError } from '../../core/errors.ts';
import { Statement, statementId } from '../../core/function-statement.ts';
import { strangersOf } from '../../core/function-strangers.ts';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import { permissionOf } from './permission.ts';
import { type Holder, holderArn, Parameters, type Reader, readPolicy } from './policy.ts';

/** As many strangers or statements as a sentence names. */
const LISTED = 4;

/** The statements that are removed, with all that they say. */
const Before = z.strictObject({ statements: z.array(Statement).min(1) });

export function statementsBefore(planned: PlannedAction): readonly Statement[] {
  return Before.parse(planned.before).statements;
}

export function holderOf({ target, params }: Pick<PlannedAction, 'target' | 'params'>): Holder {
  return { target, ...Parameters.parse(params) };
}

/** The statements that let strangers call, by id. */
export async function readOpen(holder: Holder, account: Reader): Promise<readonly Statement[]> {
  const { statements } = await readPolicy(holder, account);
  return statements
    .filter((one) => strangersOf(one, account.id).length > 0)
    .sort((a, b) => (a.Sid ?? '').localeCompare(b.Sid ?? ''));
}

/** Those that can be removed one by one. Throws NothingToDoError for none, WrongStateError for one without an id. */
export async function readRemovable(holder: Holder, account: Reader): Promise<readonly Statement[]> {
  const open = await readOpen(holder, account);
  const name = `the policy of function ${holder.target.id}`;
  if (open.length === 0) throw new NothingToDoError(name, 'lets in nobody from outside the account');
  if (open.some((one) => statementId(one) === undefined))
    throw new WrongStateError(
      name,
      'open through a statement without an id',
      'RemovePermission cannot name it; write the policy anew by hand with PutResourcePolicy',
    );
  return open;
}

/** `everybody, 444455556666`: words of ours and ids of AWS's form, nothing that somebody chose. */
export function namedStrangers(statements: readonly Statement[], own: string): string {
  const strangers = [...new Set(statements.flatMap((one) => strangersOf(one, own)))].sort();
  const { items, truncated } = boundedList(strangers, LISTED);
  return `${items.join(', ')}${truncated ? ` and ${strangers.length - LISTED} more` : ''}`;
}

export function cannotRestore(holder: Holder, statements: readonly Statement[]): readonly string[] {
  const lost = statements.filter((one) => permissionOf(one, holderArn(holder)) === undefined);
  if (lost.length === 0) return [];
  return [
    `${lost.length} of the statements, in a form that AddPermission cannot write: a person puts them back with PutResourcePolicy, from what the plan keeps.`,
  ];
}

export function blastRadius(statements: readonly Statement[], own: string): readonly Consequence[] {
  const strangers = new Set(statements.flatMap((one) => strangersOf(one, own)));
  const isCounted = ![...strangers].some((who) => who === 'everybody' || who.startsWith('o-'));
  return [
    { what: 'statements that no longer let anybody call', count: statements.length, evidence: 'GetPolicy' },
    {
      what: 'other accounts that can no longer call the function',
      count: isCounted ? strangers.size : null,
      evidence: isCounted ? 'GetPolicy' : 'not available: everybody, or an organisation, is let in',
    },
  ];
}
