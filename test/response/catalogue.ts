import * as z from 'zod';
import {
  type Account,
  type Action,
  type AwsCommandClass,
  defineAction,
} from '../../functions/core/account.ts';
import { TargetNotFoundError } from '../../functions/core/errors.ts';

/** One question or change of the account under test. */
class Command {
  readonly input: { readonly id: string; readonly set?: string };

  constructor(input: Command['input']) {
    this.input = input;
  }
}

type AnyAccount = Account<readonly AwsCommandClass[]>;

/** An account of resources that each have one word as their state. */
export class Resources {
  readonly id = '111122223333';
  readonly region = 'eu-central-1';
  readonly now = new Date('2026-11-21T12:00:00.000Z');
  readonly states: Map<string, string>;
  /** Every change that was made, `id=state`. */
  readonly changes: string[] = [];
  /** Sees each call, `read id` or `write id=state`, before it is carried out, and may throw. */
  beforeCall: (call: string) => void = () => undefined;

  constructor(states: Readonly<Record<string, string>>) {
    this.states = new Map(Object.entries(states));
  }

  async send({ input: { id, set } }: Command): Promise<string> {
    this.beforeCall(set === undefined ? `read ${id}` : `write ${id}=${set}`);
    const state = this.states.get(id);
    if (state === undefined) throw new TargetNotFoundError(id);
    if (set === undefined) return state;
    this.states.set(id, set);
    this.changes.push(`${id}=${set}`);
    return set;
  }

  asAccount(): AnyAccount {
    return this as unknown as AnyAccount;
  }
}

type Traits = Pick<Action, 'id' | 'danger' | 'undoing' | 'family' | 'order' | 'targets'>;

/** An action that moves a resource to one word, and back to the one that it found. */
function moving(traits: Traits, to: string, reach = 3): Action {
  const call = (account: unknown, input: Command['input']) =>
    (account as Resources).send(new Command(input)) as Promise<string>;
  return defineAction({
    ...traits,
    title: traits.id,
    params: z.strictObject({}),
    reads: [],
    writes: [],
    permissions: [],
    async plan({ id }, _params, account) {
      const state = await call(account, { id });
      return {
        before: { state },
        expected: { state: to },
        change: `${id} becomes ${to}`,
        undo: `${id} becomes ${state} again`,
        cannotRestore: [],
        blastRadius: [{ what: 'callers', count: state === 'busy' ? 500 : reach, evidence: 'counted' }],
        protectedTarget: state === 'protected',
        observed: { id, arn: `arn:aws:ec2:eu-central-1:111122223333:${id}` },
      };
    },
    async execute({ target }, account) {
      await call(account, { id: target.id, set: `${to}-half` });
      await call(account, { id: target.id, set: to });
    },
    async verify({ target }, account) {
      const observed = await call(account, { id: target.id });
      return { status: observed === to ? 'done' : 'not-done', observed };
    },
    async rollback({ target, before }, account) {
      await call(account, { id: target.id, set: String(before.state) });
    },
  });
}

export const catalogue: readonly Action[] = [
  moving(
    { id: 'isolate', danger: 'high', family: 'compute', order: 'network', targets: ['instance'] },
    'isolated',
  ),
  moving(
    { id: 'cut-key', danger: 'medium', family: 'compute', order: 'credentials', targets: ['access-key'] },
    'cut',
  ),
  moving(
    { id: 'deny-user', danger: 'medium', family: 'policy', order: 'credentials', targets: ['user'] },
    'denied',
  ),
  moving(
    {
      ...{ id: 'copy-disk', danger: 'low', undoing: 'loses-evidence' },
      ...{ family: 'compute', order: 'evidence', targets: ['volume'] },
    },
    'copied',
  ),
  moving(
    {
      ...{ id: 'guard-disk', danger: 'low', undoing: 'harmless' },
      ...{ family: 'compute', order: 'evidence', targets: ['volume'] },
    },
    'guarded',
  ),
];
