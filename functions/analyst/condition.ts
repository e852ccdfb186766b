import { Environment } from '@marcbachmann/cel-js';
import { covers, parseAddress, parseNetwork } from '../core/network.ts';
import type { Surroundings } from '../core/own-environment.ts';
import type { Rule } from '../core/playbook.ts';

/** What a condition is asked about. Everything here but `tainted` is free of what an attacker may have written. */
export interface View {
  readonly finding: unknown;
  readonly facts: unknown;
  readonly entities: readonly unknown[];
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly missing: readonly string[];
  readonly failed: readonly string[];
  readonly tainted: readonly string[];
  readonly environment: Surroundings;
  /** The ids of the owner's change windows in which the finding was written. */
  readonly openChangeWindows: readonly string[];
  readonly now: Date;
}

/** A rule's condition: it holds, does not, or could not be answered. */
type Answer = { readonly holds: boolean } | { readonly error: string };
export type Condition = (view: View) => Answer;

const environment = new Environment({ enableOptionalTypes: true })
  .registerVariable('finding', 'map')
  .registerVariable('facts', 'map')
  .registerVariable('entities', 'list')
  .registerVariable('evidence', 'map')
  .registerVariable('missing', 'list<string>')
  .registerVariable('failed', 'list<string>')
  .registerVariable('environment', 'map')
  .registerVariable('openChangeWindows', 'list<string>')
  .registerVariable('now', 'google.protobuf.Timestamp')
  .registerFunction('inNetwork(string, string): bool', isInNetwork);

/** A rule that lowers or closes may not even see tainted text, nor may what works out a parameter. */
const dismissing = environment.clone();
const raising = environment.clone().registerVariable('tainted', 'list<string>');

/** Whether a disposition says that there is nothing to do. */
export function dismisses({ disposition }: Pick<Rule, 'disposition'>): boolean {
  return disposition === 'benign' || disposition === 'false-positive';
}

/** Compiles a rule's condition. Throws an Error that says why where it is no condition. */
export function compileCondition(rule: Pick<Rule, 'when' | 'disposition'>): Condition {
  const { check, program } = parse(rule);
  if (!check.valid) throw new Error(check.error?.message ?? 'does not type-check');
  if (check.type !== 'bool' && check.type !== 'dyn') throw new Error(`is a ${check.type}, not a condition`);
  return (view) => {
    try {
      const value: unknown = program({ ...view });
      return typeof value === 'boolean' ? { holds: value } : { error: `answers ${typeof value}, not a bool` };
    } catch (error) {
      return { error: messageOf(error) };
    }
  };
}

/** Throws for what is no address or no range, so that a rule which asks about it does not hold. */
function isInNetwork(address: string, network: string): boolean {
  const [host, range] = [parseAddress(address), parseNetwork(network)];
  if (!host || !range)
    throw new RangeError(`${host ? network : address} is no ${host ? 'range' : 'address'}`);
  return covers(range, host);
}

type Parameter = string | number | boolean;

/** Works out a parameter of an action. Undefined where the expression answers null. Throws where it answers anything else. */
export type Expression = (view: View) => Parameter | undefined;

/** Compiles an expression for a parameter. Throws an Error that says why where it is none. */
export function compileExpression(text: string): Expression {
  const program = dismissing.parse(text);
  const check = program.check();
  if (!check.valid) throw new Error(check.error?.message ?? 'does not type-check');
  return (view) => {
    const value: unknown = program({ ...view });
    if (value === null) return undefined;
    // CEL's integers are BigInt.
    if (typeof value === 'bigint') return Number(value);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    throw new Error(`answers ${typeof value}, not a parameter`);
  };
}

function parse(rule: Pick<Rule, 'when' | 'disposition'>) {
  const program = (dismisses(rule) ? dismissing : raising).parse(rule.when);
  return { program, check: program.check() };
}

/** The first line: cel-js appends a drawing of where the error is. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
