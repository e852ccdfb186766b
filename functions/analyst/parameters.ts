import type { Proposal } from '../core/verdict.ts';
import { compileExpression, type Expression, messageOf, type View } from './condition.ts';

/** By text: a playbook's expressions are compiled once for each process. */
const compiled = new Map<string, Expression>();

/** An action's parameters as a rule works them out, or why one of them is not known. */
export function parametersOf(
  from: Readonly<Record<string, string>>,
  view: View,
): { readonly params: Proposal['params'] } | { readonly unknown: string } {
  const params: Record<string, string | number | boolean> = {};
  for (const [name, text] of Object.entries(from)) {
    try {
      const value = expressionOf(text)(view);
      if (value === undefined) return { unknown: `${name} is not known` };
      params[name] = value;
    } catch (error) {
      return { unknown: `${name}: ${messageOf(error)}` };
    }
  }
  return { params };
}

function expressionOf(text: string): Expression {
  const known = compiled.get(text) ?? compileExpression(text);
  compiled.set(text, known);
  return known;
}
