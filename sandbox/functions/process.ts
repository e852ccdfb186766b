import { type ChildProcess, fork } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { alarm } from '../alarm.ts';
import { compileCache } from '../compile-cache.ts';
import type { FunctionDefinition } from './definition.ts';
import type { FailureDetail, FromFunction, Invocation, ToFunction } from './messages.ts';

const runtime = fileURLToPath(new URL('./runtime.ts', import.meta.url));

/** One execution environment of a function: a process that works on one event at a time. */
export class FunctionProcess {
  readonly startedAt = Date.now();
  readonly exited: Promise<void>;
  readonly #definition: FunctionDefinition;
  readonly #child: ChildProcess;
  readonly #ready: Promise<FailureDetail | undefined>;
  #settle: ((invocation: Invocation) => void) | undefined;
  #alive = true;
  #event: unknown;

  /** `variables` is the whole environment of the process but for Node's cache: nothing of the machine's own shows through. */
  constructor(definition: FunctionDefinition, variables: Readonly<Record<string, string>>, log: Writable) {
    this.#definition = definition;
    this.#child = fork(runtime, [definition.file, definition.handler], {
      env: { ...variables, NODE_COMPILE_CACHE: compileCache },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.stdout?.pipe(log, { end: false });
    this.#child.stderr?.pipe(log, { end: false });
    this.exited = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    this.#ready = this.#started();
    this.#child.once('exit', (code, signal) =>
      this.#end(signal ? `signal: ${signal}` : `exit status ${code}`),
    );
    this.#child.on('message', (message: FromFunction) => this.#receive(message));
  }

  /** False from the moment on which it was killed: it takes no further event. */
  get alive(): boolean {
    return this.#alive;
  }

  /** What it works on, or worked on last. */
  get event(): unknown {
    return this.#event;
  }

  /** Never rejects: a crash is `Runtime.ExitError` and a time-out `Sandbox.Timedout`, as Lambda calls them. */
  async invoke(event: unknown, requestId: string): Promise<Invocation> {
    const { promise, resolve } = Promise.withResolvers<Invocation>();
    this.#settle = resolve;
    this.#event = event;
    const broken = await this.#ready;
    if (broken) this.#finish({ status: 'failed', error: broken });
    else this.#send(event, requestId);
    const cancel = alarm(this.#definition.timeoutSeconds * 1000, () => this.#timeOut(requestId));
    const invocation = await promise;
    cancel();
    return invocation;
  }

  /** Ends the process at once; what it was working on fails with `Runtime.ExitError`. */
  kill(): Promise<void> {
    this.#alive = false;
    this.#child.kill('SIGKILL');
    return this.exited;
  }

  #send(event: unknown, requestId: string): void {
    const { name, arn, memory, timeoutSeconds } = this.#definition;
    const context = {
      awsRequestId: requestId,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memory),
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: 'sandbox',
    };
    const message: ToFunction = { event, context, deadline: Date.now() + timeoutSeconds * 1000 };
    // A process that died between its last answer and now is reported by its exit, not by this call.
    if (this.#alive) this.#child.send(message, () => undefined);
    else this.#end('exited before the invocation');
  }

  #started(): Promise<FailureDetail | undefined> {
    return new Promise((resolve) => {
      this.#child.once('message', (message: FromFunction) =>
        resolve(message.type === 'broken' ? message.error : undefined),
      );
      this.#child.once('exit', () => resolve(undefined));
    });
  }

  #receive(message: FromFunction): void {
    if (message.type === 'succeeded') this.#finish({ status: 'succeeded', payload: message.payload });
    if (message.type === 'failed') this.#finish({ status: 'failed', error: message.error });
  }

  #timeOut(requestId: string): void {
    const seconds = this.#definition.timeoutSeconds.toFixed(2);
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
    this.#finish({ status: 'failed', error: { errorType: 'Sandbox.Timedout', errorMessage } });
    void this.kill();
  }

  #end(how: string): void {
    this.#alive = false;
    const errorMessage = `Error: Runtime exited with error: ${how}`;
    this.#finish({ status: 'failed', error: { errorType: 'Runtime.ExitError', errorMessage } });
  }

  #finish(invocation: Invocation): void {
    this.#settle?.(invocation);
    this.#settle = undefined;
  }
}
