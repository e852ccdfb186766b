import type { RequestContext } from '../wire/service.ts';
import { isKnownKey } from './keys.ts';
import { type Operator, operators } from './operators.ts';
import { asList, type ConditionBlock, type OneOrMany } from './policy.ts';
import { UnknownConditionError } from './unknown-condition.ts';

/** `ForAllValues:StringLikeIfExists` taken apart. */
interface ParsedOperator {
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly name: string;
  readonly ifExists: boolean;
}

/** Whether all conditions of a statement hold. Keys compare without case. */
export function conditionsHold(block: ConditionBlock | undefined, context: RequestContext): boolean {
  return Object.entries(block ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, written]) =>
      conditionHolds(parseOperator(operator), context[key.toLowerCase()], textsOf(written)),
    ),
  );
}

/** Throws {@link UnknownConditionError} for an operator, key or value that could not be evaluated faithfully. */
export function assertConditionsSupported(block: ConditionBlock | undefined): void {
  for (const [operator, keys] of Object.entries(block ?? {})) {
    parseOperator(operator);
    for (const [key, written] of Object.entries(keys)) {
      if (!isKnownKey(key)) throw new UnknownConditionError(`the condition key ${key}`);
      const variable = textsOf(written).find((text) => text.includes('${'));
      if (variable !== undefined) throw new UnknownConditionError(`the policy variable in ${variable}`);
    }
  }
}

function parseOperator(written: string): ParsedOperator {
  const match = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(written);
  const [, quantifier, name = '', ifExists] = match ?? [];
  const known = name === 'Null' ? !quantifier && !ifExists : Object.hasOwn(operators, name);
  if (!known) throw new UnknownConditionError(`the condition operator ${written}`);
  return { quantifier: quantifier as ParsedOperator['quantifier'], name, ifExists: ifExists !== undefined };
}

function conditionHolds(
  { quantifier, name, ifExists }: ParsedOperator,
  requested: string | readonly string[] | undefined,
  written: readonly string[],
): boolean {
  if (name === 'Null') return written.includes(String(requested === undefined));
  const operator = operators[name];
  if (!operator) throw new UnknownConditionError(`the condition operator ${name}`);
  if (requested === undefined)
    return ifExists || quantifier === 'ForAllValues' || absentHolds(operator, quantifier);
  const holds = (value: string): boolean => valueHolds(operator, value, written);
  const values = typeof requested === 'string' ? [requested] : requested;
  if (quantifier === 'ForAllValues') return values.every(holds);
  if (quantifier === 'ForAnyValue' || !operator.negated) return values.some(holds);
  return values.every(holds);
}

/** An absent key fails a positive operator and satisfies a negated one; ForAnyValue finds no value at all. */
function absentHolds(operator: Operator, quantifier: ParsedOperator['quantifier']): boolean {
  return operator.negated && quantifier !== 'ForAnyValue';
}

function valueHolds(operator: Operator, value: string, written: readonly string[]): boolean {
  const matches = written.some((text) => operator.compare(value, text));
  return operator.negated ? !matches : matches;
}

function textsOf(written: OneOrMany<string | number | boolean>): readonly string[] {
  return asList(written).map(String);
}
