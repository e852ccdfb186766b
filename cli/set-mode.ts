import type { Mode } from '../functions/core/decision.ts';
import type { Session } from './session.ts';

/**
 * A fresh deployment only observes. The laptop cloud is for seeing what Sallyport does, so the first command that
 * needs it raises the mode as a person would: by the operator, with an entry. A mode that anybody set stays.
 */
export async function setModeOnce({ table, ask }: Pick<Session, 'table' | 'ask'>, to: Mode): Promise<void> {
  if (await table.last('system')) return;
  const { status, answer } = await ask('/api/mode', { to, reason: 'first use of this laptop cloud' });
  if (status >= 300)
    throw new Error(`the mode could not be set to ${to}: ${String(answer.message ?? status)}`);
}
