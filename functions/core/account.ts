import type * as z from 'zod';
import type { Entity, EntityKind, HandledEntity } from './entity.ts';
import type { Family } from './family.ts';
import type { Finding } from './finding.ts';
import type { FootholdCall } from './foothold-call.ts';
import type { Consequence, Danger, Params, PlannedAction, State, Target, Undoing } from './plan.ts';
import type { History, Intelligence } from './ports.ts';

/** An AWS SDK command's class, seen without importing the SDK. */
// biome-ignore lint/suspicious/noExplicitAny: the widest command class, which only `any` can name.
export type AwsCommandClass = new (input: any) => object;

type InstanceOf<Classes extends readonly AwsCommandClass[]> = InstanceType<Classes[number]>;
/** What the SDK's client.send answers for a command. */
export type OutputOf<Command> = Command extends {
  resolveMiddleware: (...args: never[]) => (...args: never[]) => Promise<{ output: infer Output }>;
}
  ? Output
  : Command extends { _output?: infer Output }
    ? NonNullable<Output>
    : never;

/** An account as one role may see or change it. Takes only the operations that its holder declared. */
export interface Account<Classes extends readonly AwsCommandClass[]> {
  readonly id: string;
  readonly region: string;
  /** When it was opened: what "the last 24 hours" counts back from. */
  readonly now: Date;
  /** The account that evidence may be given to, where the deployment names one. */
  readonly forensicsAccount?: string | undefined;
  /** In the home region, unless another is named: IAM's own events are recorded in one region only. */
  send<Command extends InstanceOf<Classes>>(command: Command, region?: string): Promise<OutputOf<Command>>;
}

/**
 * One IAM statement of a role. Resources may hold `{partition}`, `{region}` and `{account}`, conditions
 * `{forensics}`, which no account is where none is configured. `narrow` gives the ARNs
 * of one planned action, for the session policy; without it the session policy keeps `resources`.
 */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  readonly narrow?: (planned: PlannedAction) => readonly string[];
  /** Why the role needs what no call of ours names (iam:PassRole, ec2:CreateTags). */
  readonly dependent?: string;
}

export interface Planned {
  readonly before: State;
  readonly expected: State;
  readonly change: string;
  readonly undo: string;
  readonly cannotRestore: readonly string[];
  readonly blastRadius: readonly Consequence[];
  /** The target carries a reserved protection tag that was read back. */
  readonly protectedTarget: boolean;
  /** The target is what it was said to be, as AWS itself answered: turns trust into `observed`. */
  readonly observed: { readonly id: string; readonly arn?: string };
}

export type Verification =
  | { readonly status: 'done'; readonly observed: string }
  | { readonly status: 'not-done'; readonly observed: string };

/**
 * What an execution may know besides its plan, so that a retry writes the same bytes and finds its own work again:
 * whose it is, and when the intent to execute (never that to roll back) was recorded, in UTC.
 */
export interface Execution {
  readonly incident: string;
  readonly manifestHash: string;
  readonly intentAt: Date;
}

/** One reversible change (design, section 5). */
export interface Action<
  Reads extends readonly AwsCommandClass[] = readonly AwsCommandClass[],
  Writes extends readonly AwsCommandClass[] = readonly AwsCommandClass[],
  P extends Params = Params,
> {
  readonly id: string;
  readonly title: string;
  readonly targets: readonly EntityKind[];
  readonly danger: Danger;
  /** Absent: undoing it gives access, or cover, back to whoever was kept from it. */
  readonly undoing?: Undoing;
  /** Which remediating function carries it out, and the only one that may take its role. */
  readonly family: Family;
  /** Evidence first, then credentials, then network (reference order); lower runs first. */
  readonly order: 'evidence' | 'credentials' | 'network';
  /** The calls whose work this takes away: what an attacker made by one of them it may act on, and on nothing else of his. */
  readonly answers?: readonly FootholdCall[];
  readonly params: z.ZodType<P>;
  readonly reads: Reads;
  readonly writes: Writes;
  readonly permissions: readonly Permission[];
  plan(target: Target, params: P, account: Account<Reads>): Promise<Planned>;
  /** Convergent: running it twice is running it once. The executor has compared `before` with a fresh plan. */
  execute(
    planned: PlannedAction,
    account: Account<readonly [...Reads, ...Writes]>,
    execution: Execution,
  ): Promise<void>;
  verify(planned: PlannedAction, account: Account<Reads>, execution: Execution): Promise<Verification>;
  /** Restores `before`, also after a half-done execute. Throws CannotRestoreError while what `cannotRestore` declares is missing. */
  rollback(
    planned: PlannedAction,
    account: Account<readonly [...Reads, ...Writes]>,
    execution: Execution,
  ): Promise<void>;
}

/** Ties an action's operations to its functions' types; the registry then holds it as a plain Action. */
export function defineAction<
  const Reads extends readonly AwsCommandClass[],
  const Writes extends readonly AwsCommandClass[],
  P extends Params,
>(action: Action<Reads, Writes, P>): Action {
  return action as unknown as Action;
}

export interface Question<Reads extends readonly AwsCommandClass[]> {
  readonly account: Account<Reads>;
  readonly history: History;
  readonly intelligence: Intelligence;
  /** The incident's. */
  readonly findings: readonly Finding[];
  readonly now: Date;
}

/** One read-only question. An answer of `undefined` says that the target does not exist. */
export interface Tool<
  Reads extends readonly AwsCommandClass[] = readonly AwsCommandClass[],
  Output extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly targets: readonly EntityKind[];
  readonly reads: Reads;
  readonly permissions: readonly Permission[];
  readonly output: Output;
  /** JSON pointers into the output, `*` for array indices, of strings that an attacker may have written. */
  readonly tainted: readonly string[];
  /** What an answer found beside its target, for plans to act on: `recorded`, and no other trust. */
  found?(output: z.infer<Output>, target: HandledEntity): readonly Entity[];
  ask(target: HandledEntity, question: Question<Reads>): Promise<z.infer<Output> | undefined>;
}

export function defineTool<const Reads extends readonly AwsCommandClass[], Output extends z.ZodType>(
  tool: Tool<Reads, Output>,
): Tool {
  return tool as unknown as Tool;
}
