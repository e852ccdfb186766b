import type { Playbook, Rule } from '../core/playbook.ts';
import { type Condition, compileCondition, dismisses, messageOf } from './condition.ts';
import type { Reading } from './views.ts';

type Compiled = { readonly rule: Rule; readonly condition: Condition };
const compiled = new WeakMap<Playbook, readonly Compiled[]>();

/** Compiles a playbook's rules, once for each playbook. A rule that does not compile errs whenever it is asked. */
export function compilePlaybook(playbook: Playbook): readonly Compiled[] {
  const known = compiled.get(playbook);
  if (known) return known;
  const rules = playbook.rules.map((rule) => ({ rule, condition: compileOrErr(rule) }));
  compiled.set(playbook, rules);
  return rules;
}

function compileOrErr(rule: Rule): Condition {
  try {
    return compileCondition(rule);
  } catch (error) {
    const broken = { error: `does not compile: ${messageOf(error)}` };
    return () => broken;
  }
}

/** Which rule decided, in which reading of the incident; and which rules could not be asked. */
export interface Ruling {
  readonly decided?: { readonly rule: Rule; readonly reading: Reading };
  readonly errors: readonly string[];
}

/**
 * The first rule that holds. One that raises needs one reading in which it holds; one that dismisses must hold in every
 * reading, and never decides where any rule erred: what could not be asked might have been the alarm.
 */
export function decide(playbook: Playbook, readings: readonly Reading[], mayDismiss: boolean): Ruling {
  const asked = compilePlaybook(playbook).map(({ rule, condition }) => {
    const answers = readings.map((reading) => ({ reading, answer: condition(reading.view) }));
    return { rule, answers };
  });
  const errors = asked.flatMap(({ rule, answers }) => {
    const failure = answers.map(({ answer }) => answer).find((answer) => 'error' in answer);
    return failure ? [`rule ${rule.id}: ${failure.error}`] : [];
  });
  const holding = asked.find(({ rule, answers }) => {
    const held = answers.filter(({ answer }) => 'holds' in answer && answer.holds);
    if (!dismisses(rule)) return held.length > 0;
    return mayDismiss && errors.length === 0 && answers.length > 0 && held.length === answers.length;
  });
  const reading = holding?.answers.find(({ answer }) => 'holds' in answer && answer.holds)?.reading;
  return { errors, ...(holding && reading && { decided: { rule: holding.rule, reading } }) };
}
