import { alarm } from '../alarm.ts';
import { alarmUntilStop, type Home } from '../home.ts';
import { callFunction, type FunctionTaskPorts } from './function-task.ts';
import { type Machine, stillWaiting, type TaskInput, type TaskPlan } from './machine.ts';
import { StateError, type TaskTokens } from './task-tokens.ts';
import { awaitToken } from './token-task.ts';

/** What a run needs from the cloud around it. */
export interface RunPorts extends FunctionTaskPorts {
  readonly home: Home;
  readonly tokens: TaskTokens;
  /** States before which an execution stops for good: a dry run. */
  readonly haltBefore: ReadonlySet<string>;
}

export type RunEnd =
  | { readonly status: 'SUCCEEDED'; readonly output: unknown }
  | { readonly status: 'FAILED' | 'TIMED_OUT'; readonly error: string; readonly cause: string }
  | { readonly status: 'stopped' };

/** Ends a task of a stopped run; the interpreter reads the two flags and neither retries nor catches it. */
class RunStoppedError extends Error {
  override readonly name = 'RunStoppedError';
  readonly isRetryable = false;
  readonly isCatchable = false;
}

/** After this long a task asks the interpreter to wait again; below the interpreter's own limit of 23 days. */
const rearmAfter = 20 * 24 * 60 * 60 * 1000;

/** One execution of a state machine, from its start until it ends or is stopped. */
export class ExecutionRun {
  readonly #ports: RunPorts;
  readonly #machine: Machine;
  readonly #name: string;
  readonly #pending = new Map<string, Promise<unknown>>();
  #token: string | undefined;
  #endWork: () => void;
  #abort: () => void = () => undefined;
  #timedOut = false;
  readonly #stopped = Promise.withResolvers<never>();

  constructor(ports: RunPorts, machine: Machine, name: string) {
    this.#ports = ports;
    this.#machine = machine;
    this.#name = name;
    this.#endWork = ports.home.activity.begin();
    this.#stopped.promise.catch(() => undefined);
  }

  async run(executionArn: string, input: string): Promise<RunEnd> {
    const { interpreter, tasks, retryIntervals, arn, name, timeoutSeconds } = this.#machine;
    const handlers = [...tasks].map(([state, plan]) => [
      state,
      (given: unknown) => this.#perform(state, plan, given as TaskInput),
    ]);
    const { result, abort, eventLogs } = interpreter.run(JSON.parse(input), {
      noThrowOnAbort: true,
      context: {
        Execution: { Id: executionArn, Name: this.#name },
        StateMachine: { Id: arn, Name: name },
        Task: this.#tokenContext(),
      },
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(handlers),
        retryIntervalOverrides: retryIntervals,
      },
    });
    this.#abort = abort;
    const cancel =
      timeoutSeconds === undefined ? undefined : alarm(timeoutSeconds * 1000, () => this.#timeOut());
    void this.#tell(eventLogs);
    const end = await this.#endOf(result);
    cancel?.();
    return end;
  }

  /** Ends the run; the task that it waited for is answered by nobody any more. */
  stop(): void {
    if (this.#token) this.#ports.tokens.close(this.#token);
    this.#abort();
    this.#stopped.reject(new RunStoppedError());
  }

  /** The caller has recorded the end and told the bus: only then is the work over. */
  settled(): void {
    this.#endWork();
  }

  async #endOf(result: Promise<unknown>): Promise<RunEnd> {
    try {
      const output = await result;
      if (this.#timedOut)
        return {
          status: 'TIMED_OUT',
          error: 'States.Timeout',
          cause: 'The execution exceeded its TimeoutSeconds',
        };
      return output === null ? { status: 'stopped' } : { status: 'SUCCEEDED', output };
    } catch (error) {
      const { name, message } = (error as { cause?: Error }).cause ?? (error as Error);
      return { status: 'FAILED', error: name, cause: message };
    }
  }

  #timeOut(): void {
    this.#timedOut = true;
    this.stop();
  }

  async #tell(logs: AsyncIterable<{ type: string; state?: { name: string } }>): Promise<void> {
    for await (const event of logs)
      if (event.type === 'StateEntered')
        this.#ports.home.emit({
          type: 'state-entered',
          execution: this.#name,
          state: event.state?.name ?? '',
        });
  }

  /** The context object's `$$.Task.Token`: one token per attempt, however often it is referred to. */
  #tokenContext(): object {
    const issue = (): string => (this.#token ??= this.#ports.tokens.issue(this.#machine.arn));
    return {
      get Token() {
        return issue();
      },
    };
  }

  /** The interpreter's handler of a task. A task that is waited for again goes on where it was. */
  async #perform(state: string, plan: TaskPlan, input: TaskInput): Promise<never> {
    const work = this.#pending.get(state) ?? this.#start(state, plan, input);
    this.#pending.set(state, work);
    const { promise, reject } = Promise.withResolvers<never>();
    const cancel = alarm(rearmAfter, () => reject(new StateError(stillWaiting, '')));
    try {
      const result = await Promise.race([work, promise, this.#stopped.promise]);
      this.#pending.delete(state);
      return result as never;
    } catch (error) {
      if ((error as Error).name !== stillWaiting) this.#pending.delete(state);
      throw error;
    } finally {
      cancel();
    }
  }

  #start(state: string, plan: TaskPlan, input: TaskInput): Promise<unknown> {
    if (this.#ports.haltBefore.has(state)) return this.#halt(state);
    if (plan.kind === 'wait') return this.#wait(state, input);
    const token = plan.token ? this.#token : undefined;
    return this.#withTimeout(input, token, () =>
      token === undefined
        ? callFunction(this.#ports, this.#machine, plan, input)
        : this.#callAndWait(state, plan, input, token),
    );
  }

  #halt(state: string): Promise<never> {
    this.#ports.home.emit({ type: 'state-halted', execution: this.#name, state });
    this.#endWork();
    return new Promise(() => undefined);
  }

  async #wait(state: string, { parameters, timeoutSeconds = 0, timestamp }: TaskInput): Promise<unknown> {
    const until = timestamp === undefined ? timeoutSeconds * 1000 : Date.parse(timestamp) - Date.now();
    this.#rest(state);
    await new Promise<void>((resolve) => this.#onAlarm(until, resolve));
    this.#resume();
    return parameters;
  }

  async #withTimeout(
    { timeoutSeconds }: TaskInput,
    token: string | undefined,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    const { promise, reject } = Promise.withResolvers<never>();
    const expire = (): void => {
      this.#resume();
      reject(new StateError('States.Timeout', ''));
    };
    const cancel = timeoutSeconds === undefined ? undefined : this.#onAlarm(timeoutSeconds * 1000, expire);
    try {
      return await Promise.race([work(), promise]);
    } finally {
      cancel?.();
      if (token !== undefined) this.#ports.tokens.close(token);
      this.#token = undefined;
    }
  }

  #callAndWait(state: string, plan: TaskPlan, input: TaskInput, token: string): Promise<unknown> {
    return awaitToken(this.#ports.home, this.#ports.tokens, {
      token,
      heartbeatSeconds: input.heartbeatSeconds,
      call: () => callFunction(this.#ports, this.#machine, plan, input),
      rest: () => this.#rest(state),
      resume: () => this.#resume(),
    });
  }

  #rest(state: string): void {
    this.#ports.home.emit({ type: 'state-waiting', execution: this.#name, state });
    this.#endWork();
  }

  #resume(): void {
    this.#endWork();
    this.#endWork = this.#ports.home.activity.begin();
  }

  #onAlarm(milliseconds: number, ring: () => void): () => void {
    return alarmUntilStop(this.#ports.home, milliseconds, ring);
  }
}
