import { randomUUID } from 'node:crypto';
import type { FunctionDefinition } from './definition.ts';
import type { Invocation } from './messages.ts';
import type { FunctionProcess } from './process.ts';

/** Processes of one function at a time: 80 MB each, and two are enough to meet every race that more would. */
const maximumProcesses = 2;
/** Lambda retires execution environments too; a process's credentials are good for longer than this. */
const maximumAge = 60 * 60 * 1000;

/** A function: starts its processes on first use and gives each one event at a time. */
export class FunctionPool {
  readonly definition: FunctionDefinition;
  readonly #start: (definition: FunctionDefinition) => FunctionProcess;
  readonly #processes = new Set<FunctionProcess>();
  readonly #waiting: ((process: FunctionProcess) => void)[] = [];
  readonly #claimed = new Set<FunctionProcess>();
  #stopped = false;

  constructor(definition: FunctionDefinition, start: (definition: FunctionDefinition) => FunctionProcess) {
    this.definition = definition;
    this.#start = start;
  }

  /** Waits for a free process where AWS would start another one or throttle. Never rejects. */
  async invoke(event: unknown, requestId: string = randomUUID()): Promise<Invocation> {
    const process = await this.#claim();
    const invocation = await process.invoke(event, requestId);
    this.#release(process);
    return invocation;
  }

  /** No process is started from now on: what still waits is left to the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#processes].map((process) => process.kill()));
  }

  #claim(): FunctionProcess | Promise<FunctionProcess> {
    if (this.#stopped) return new Promise(() => undefined);
    const free = this.#free() ?? (this.#processes.size < maximumProcesses ? this.#add() : undefined);
    if (!free) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#claimed.add(free);
    return free;
  }

  #free(): FunctionProcess | undefined {
    for (const process of this.#processes) {
      if (this.#claimed.has(process)) continue;
      if (process.alive && Date.now() - process.startedAt < maximumAge) return process;
      this.#retire(process);
    }
    return undefined;
  }

  #add(): FunctionProcess {
    const process = this.#start(this.definition);
    this.#processes.add(process);
    void process.exited.then(() => this.#processes.delete(process));
    return process;
  }

  #retire(process: FunctionProcess): void {
    this.#processes.delete(process);
    void process.kill();
  }

  #release(process: FunctionProcess): void {
    this.#claimed.delete(process);
    const next = this.#stopped ? undefined : this.#waiting.shift();
    if (!next) return;
    // A process that timed out is being killed: the next event gets a fresh one.
    const usable = process.alive ? process : this.#replace(process);
    this.#claimed.add(usable);
    next(usable);
  }

  #replace(process: FunctionProcess): FunctionProcess {
    this.#retire(process);
    return this.#add();
  }
}
