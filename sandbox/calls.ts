import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { FunctionProcess } from './functions/process.ts';
import type { Home } from './home.ts';
import { type ArmedKill, Kill, type KillPoint } from './kill.ts';
import { AwsError, type CallRecord } from './wire/service.ts';

/** One line of the call log: who called what, on what, and how it ended. Inputs are left out, for they hold secrets. */
export interface LoggedCall {
  readonly at: string;
  /** The function whose process called, or the role's or user's name. */
  readonly role: string;
  readonly caller: string;
  /** The account that the caller belongs to, whose state the call reads or changes. */
  readonly account: string;
  readonly service: string;
  readonly operation: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly allowed: boolean;
  readonly errorCode?: string;
}

/** The call of a function, counted from 1, that is answered by a ThrottlingException. */
export interface ThrottledCall {
  readonly function: string;
  readonly call: number;
}

export interface Faults {
  readonly kill?: KillPoint | undefined;
  readonly throttle?: ThrottledCall | undefined;
}

interface Running {
  readonly function: string;
  readonly process: FunctionProcess;
}

/** Sees every call: keeps the log, and kills or throttles where a test asks for it. */
export class Calls {
  readonly #home: Home;
  readonly #file: string;
  readonly #faults: Faults;
  readonly #running = new Map<string, Running>();
  readonly #counts = new Map<string, number>();
  /** Those that have not fired. */
  #kills: readonly Kill[] = [];

  constructor(home: Home, file: string, faults: Faults) {
    this.#home = home;
    this.#file = file;
    this.#faults = faults;
    if (faults.kill) this.arm(faults.kill);
  }

  /** Kills a function's process once, at a call that is counted from now on. */
  arm(point: KillPoint): ArmedKill {
    const kill = new Kill(point);
    this.#kills = [...this.#kills, kill];
    return kill;
  }

  /** Whose credentials these are. */
  register(accessKeyId: string, running: Running): void {
    this.#running.set(accessKeyId, running);
    void running.process.exited.then(() => this.#running.delete(accessKeyId));
  }

  /** The wire server's hook. */
  async onCall(record: CallRecord): Promise<void> {
    const running = this.#running.get(record.caller.accessKeyId);
    const id = record.call.requestId;
    if (record.phase === 'before') {
      if (running) await this.before(running, id, record.operation);
      return;
    }
    this.#log(record, running?.function);
    this.#adoptSession(record, running);
    if (running) await this.after(running, id, record.operation);
  }

  /** A call that is no AWS call, but a function's effect all the same: a chat message. */
  async around<T>(accessKeyId: string, operation: string, perform: () => Promise<T>): Promise<T> {
    const running = this.#running.get(accessKeyId);
    if (!running) return perform();
    const id = `${accessKeyId} ${performance.now()}`;
    await this.before(running, id, operation);
    const result = await perform();
    await this.after(running, id, operation);
    return result;
  }

  /** Throws what the client is answered if the call is not to be carried out. */
  async before(running: Running, id: string, operation: string): Promise<void> {
    const number = (this.#counts.get(running.function) ?? 0) + 1;
    this.#counts.set(running.function, number);
    const { throttle } = this.#faults;
    if (throttle && this.#is(running, throttle.function) && throttle.call === number)
      throw new AwsError('ThrottlingException', 'Rate exceeded');
    const points = this.#killsOf(running).map((kill) => kill.before(id, operation, running.process));
    if (!(await this.#killAt(points, running, operation))) return;
    throw new AwsError('ServiceUnavailable', 'The caller was killed before this call', 503);
  }

  async after(running: Running, id: string, operation: string): Promise<void> {
    const points = this.#killsOf(running).map((kill) => kill.after(id));
    await this.#killAt(points, running, operation);
  }

  read(): LoggedCall[] {
    if (!existsSync(this.#file)) return [];
    const lines = readFileSync(this.#file, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LoggedCall);
  }

  /** What the sandbox itself lets in, such as a service event through the door. */
  write(call: Omit<LoggedCall, 'at'>): void {
    appendFileSync(this.#file, `${JSON.stringify({ at: this.#home.now().toISOString(), ...call })}\n`);
  }

  #killsOf(running: Running): readonly Kill[] {
    return this.#kills.filter((kill) => this.#is(running, kill.function));
  }

  async #killAt(
    points: readonly (number | undefined)[],
    running: Running,
    operation: string,
  ): Promise<boolean> {
    const point = points.find((one) => one !== undefined);
    if (point === undefined) return false;
    this.#kills = this.#kills.filter((kill) => !kill.fired);
    this.#home.emit({ type: 'function-killed', function: running.function, point, operation });
    await running.process.kill();
    return true;
  }

  /** A function may be named as the template's files are, without the stack's prefix. */
  #is({ function: name }: Running, wanted: string): boolean {
    return name === wanted || name === `${this.#home.stack.place.stackName.toLowerCase()}-${wanted}`;
  }

  /** Calls under a role that a function took are the function's calls. */
  #adoptSession({ operation, service, output }: CallRecord, running: Running | undefined): void {
    if (!running || service !== 'sts' || operation !== 'AssumeRole') return;
    const { Credentials } = (output ?? {}) as { Credentials?: { AccessKeyId?: string } };
    if (Credentials?.AccessKeyId) this.register(Credentials.AccessKeyId, running);
  }

  #log(record: CallRecord, functionName: string | undefined): void {
    const { caller, service, operation, requirements, allowed, reason, errorCode } = record;
    const role = functionName ?? (caller.roleArn ?? caller.arn).split('/').at(-1) ?? caller.arn;
    this.write({
      role,
      caller: caller.arn,
      account: caller.account,
      service,
      operation,
      actions: [...new Set(requirements.map((requirement) => requirement.action))],
      resources: [...new Set(requirements.map((requirement) => requirement.resource))],
      allowed,
      ...(errorCode === undefined ? {} : { errorCode }),
    });
    if (!allowed) this.#home.emit({ type: 'call-refused', caller: role, operation, reason: reason ?? '' });
  }
}
