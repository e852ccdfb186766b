import { randomBytes } from 'node:crypto';
import { AwsError } from '../wire/service.ts';

/** A task error as the interpreter reads it: `name` is matched by Retry and Catch, `message` is the cause. */
export class StateError extends Error {
  override readonly name: string;

  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

interface WaitingTask {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: StateError) => void;
  readonly beat: () => void;
}

/** The tasks that wait for somebody. A token says which state machine it belongs to, as IAM needs to know. */
export class TaskTokens {
  readonly #waiting = new Map<string, WaitingTask>();
  readonly #closed = new Set<string>();

  issue(machineArn: string): string {
    return Buffer.from(JSON.stringify([machineArn, randomBytes(48).toString('base64url')])).toString(
      'base64',
    );
  }

  wait(token: string, task: WaitingTask): void {
    this.#waiting.set(token, task);
  }

  /** From now on answers get TaskTimedOut, which is also what AWS says of a task that was answered. */
  close(token: string): void {
    this.#waiting.delete(token);
    this.#closed.add(token);
  }

  succeed(token: string, output: string): void {
    const task = this.#task(token);
    const parsed = parseOutput(output);
    this.close(token);
    task.resolve(parsed);
  }

  fail(token: string, error = 'States.TaskFailed', cause = ''): void {
    const task = this.#task(token);
    this.close(token);
    task.reject(new StateError(error, cause));
  }

  beat(token: string): void {
    this.#task(token).beat();
  }

  /** Throws InvalidToken. */
  machineOf(token: string): string {
    try {
      const [machineArn] = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as [unknown];
      if (typeof machineArn === 'string') return machineArn;
    } catch {
      // Not of ours: the same answer as for a text that parses to something else.
    }
    throw new AwsError('InvalidToken', `Invalid Token: '${token.slice(0, 40)}'`);
  }

  #task(token: string): WaitingTask {
    const task = this.#waiting.get(token);
    if (task) return task;
    if (this.#closed.has(token))
      throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    throw new AwsError('TaskDoesNotExist', "Task does not exist: 'Provided task does not exist'");
  }
}

function parseOutput(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch (cause) {
    throw new AwsError('InvalidOutput', `Invalid Output: ${String(cause)}`);
  }
}
