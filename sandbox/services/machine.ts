import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import * as z from 'zod';
import type { Home } from '../home.ts';
import { TemplateError } from '../template/error.ts';

type State = Record<string, unknown> & { readonly Type: string };
type States = Record<string, State>;

/** How a Task state's work is done. `wait` stands for a Wait state, whose timer must be able to outlast 24.8 days. */
export interface TaskPlan {
  readonly kind: 'function' | 'invoke' | 'wait';
  /** The function, where the resource names it. */
  readonly resource: string;
  readonly token: boolean;
}

/** What a task's handler gets: its payload, and its limits as they were resolved from the state's input. */
export interface TaskInput {
  readonly parameters: unknown;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  /** Of a Wait state: until when. */
  readonly timestamp?: string;
}

/** A state machine of the template, made ready for the interpreter. */
export interface Machine {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly timeoutSeconds: number | undefined;
  readonly tasks: ReadonlyMap<string, TaskPlan>;
  readonly interpreter: StateMachine;
  /** Milliseconds before each retry, by state and retrier: never longer than the sandbox's own delay. */
  readonly retryIntervals: Record<string, number[]>;
}

const MachineProperties = z.looseObject({ DefinitionString: z.string(), RoleArn: z.string() });

/** The error by which a task that has waited very long asks the interpreter to wait again (`executions.ts`). */
export const stillWaiting = 'Sandbox.StillWaiting';

/** Longest time that the interpreter's own timers can hold, with room: 2,000,000 seconds, 23 days. */
const interpreterLimit = 2_000_000;

/** Reads the template's state machines. Throws TemplateError for what the interpreter would silently get wrong. */
export function readMachines(home: Home): Machine[] {
  return home.stack
    .ofType('AWS::StepFunctions::StateMachine', MachineProperties)
    .map(({ logicalId, name, arn, properties }) => {
      const { TimeoutSeconds, ...definition } = JSON.parse(properties.DefinitionString) as Record<
        string,
        unknown
      >;
      const tasks = new Map<string, TaskPlan>();
      const retryIntervals: Record<string, number[]> = {};
      const prepare = (states: States, nested: boolean): States =>
        Object.fromEntries(
          Object.entries(states).map(([state, written]) => {
            const where = `${logicalId}, state ${state}`;
            assertSupported(written, where);
            return [state, prepareState(written, { state, where, nested, tasks, prepare })];
          }),
        );
      assertSupported(definition as State, logicalId);
      const prepared = { ...definition, States: prepare(definition.States as States, false) };
      for (const [state, { Retry }] of Object.entries(prepared.States))
        retryIntervals[state] = intervalsOf(Retry as Retrier[] | undefined, home.retryDelay);
      return {
        name,
        arn,
        roleArn: properties.RoleArn,
        timeoutSeconds: TimeoutSeconds as number | undefined,
        tasks,
        interpreter: interpret(prepared as unknown as StateMachineDefinition, logicalId),
        retryIntervals,
      };
    });
}

interface Retrier {
  readonly IntervalSeconds?: number;
}

interface Preparation {
  readonly state: string;
  readonly where: string;
  readonly nested: boolean;
  readonly tasks: Map<string, TaskPlan>;
  readonly prepare: (states: States, nested: boolean) => States;
}

/** The definition is validated once, here: per run the interpreter's validation is slow. */
function interpret(definition: StateMachineDefinition, where: string): StateMachine {
  try {
    return new StateMachine(definition, { validationOptions: { checkArn: false } });
  } catch (cause) {
    throw new TemplateError(where, String(cause), { cause });
  }
}

function prepareState(written: State, preparation: Preparation): State {
  switch (written.Type) {
    case 'Task':
      return prepareTask(written, preparation);
    case 'Wait':
      return prepareWait(written, preparation);
    case 'Parallel':
    case 'Map':
      return prepareNested(written, preparation);
    default:
      return written;
  }
}

/** Time-outs are kept by `executions.ts`: the interpreter would read their paths from the parameters, not the input. */
function prepareTask(written: State, { state, where, nested, tasks }: Preparation): State {
  const plan = planOf(String(written.Resource), where);
  if (nested && plan.token)
    throw new TemplateError(where, 'a task token inside Map or Parallel is not supported');
  tasks.set(state, plan);
  const { Parameters, TimeoutSeconds, TimeoutSecondsPath, HeartbeatSeconds, HeartbeatSecondsPath, ...rest } =
    written;
  return longTask(rest, {
    ...(Parameters === undefined ? { 'parameters.$': '$' } : { parameters: Parameters }),
    ...given('timeoutSeconds', TimeoutSeconds, TimeoutSecondsPath),
    ...given('heartbeatSeconds', HeartbeatSeconds, HeartbeatSecondsPath),
  });
}

function prepareWait(written: State, { state, tasks }: Preparation): State {
  tasks.set(state, { kind: 'wait', resource: '', token: false });
  const { Seconds, SecondsPath, Timestamp, TimestampPath, ...rest } = written;
  return longTask(rest, {
    'parameters.$': '$',
    ...given('timeoutSeconds', Seconds, SecondsPath),
    ...given('timestamp', Timestamp, TimestampPath),
  });
}

function prepareNested(written: State, { prepare }: Preparation): State {
  const machine = (inner: unknown): object => ({
    ...(inner as object),
    States: prepare((inner as { States: States }).States, true),
  });
  const { Branches, Iterator: iterator, ItemProcessor } = written;
  return {
    ...written,
    ...(Array.isArray(Branches) ? { Branches: Branches.map(machine) } : {}),
    ...(iterator ? { Iterator: machine(iterator) } : {}),
    ...(ItemProcessor ? { ItemProcessor: machine(ItemProcessor) } : {}),
  };
}

function longTask(state: Record<string, unknown>, parameters: object): State {
  const again = { ErrorEquals: [stillWaiting], IntervalSeconds: 1, MaxAttempts: 1_000_000, BackoffRate: 1 };
  return {
    ...state,
    Type: 'Task',
    Resource: 'arn:aws:states:::sandbox:task',
    Parameters: parameters,
    TimeoutSeconds: interpreterLimit,
    Retry: [again, ...((state.Retry as Retrier[] | undefined) ?? [])],
  };
}

function given(name: string, value: unknown, path: unknown): object {
  if (path !== undefined) return { [`${name}.$`]: path };
  return value === undefined ? {} : { [name]: value };
}

function planOf(resource: string, where: string): TaskPlan {
  if (/^arn:aws:lambda:/.test(resource)) return { kind: 'function', resource, token: false };
  if (resource === 'arn:aws:states:::lambda:invoke') return { kind: 'invoke', resource: '', token: false };
  if (resource === 'arn:aws:states:::lambda:invoke.waitForTaskToken')
    return { kind: 'invoke', resource: '', token: true };
  throw new TemplateError(where, `the sandbox does not run the task resource ${resource}`);
}

function intervalsOf(retriers: readonly Retrier[] | undefined, longest: number): number[] {
  return (retriers ?? []).map(({ IntervalSeconds = 1 }, at) =>
    at === 0 ? 0 : Math.min(IntervalSeconds * 1000, longest),
  );
}

/** The interpreter ignores JSONata silently, and cannot tell our time-outs from other failures for TaskFailed. */
function assertSupported(written: Record<string, unknown>, where: string): void {
  if (written.QueryLanguage !== undefined && written.QueryLanguage !== 'JSONPath')
    throw new TemplateError(where, 'only JSONPath is supported');
  if (written.Assign !== undefined) throw new TemplateError(where, 'variables (Assign) are not supported');
  if (JSON.stringify([written.Retry, written.Catch]).includes('States.TaskFailed'))
    throw new TemplateError(where, 'States.TaskFailed is not supported: name the errors or use States.ALL');
}
