import type { FunctionProcess } from './functions/process.ts';

/**
 * Where a function's process is killed. Each of its calls has two points: `2k-1` right before call k is carried out,
 * `2k` right after, before it is answered.
 */
export interface KillPoint {
  /** By its name, or as the template's files are named, without the stack's prefix. */
  readonly function: string;
  readonly point: number;
  /**
   * Counts only calls made while working on an event that mentions this text (an incident's id, say), so that many
   * incidents can be on their way at once; every call when absent.
   */
  readonly about?: string;
}

/** A kill that waits for its call, and what became of it. */
export interface ArmedKill {
  /** The operations called until now, in order; more may come after the kill. */
  readonly calls: readonly string[];
  readonly fired: boolean;
}

/** Counts a function's calls and says, once, when its process is to be killed. */
export class Kill implements ArmedKill {
  readonly calls: string[] = [];
  fired = false;
  readonly #wanted: KillPoint;
  readonly #numbers = new Map<string, number>();

  constructor(wanted: KillPoint) {
    this.#wanted = wanted;
  }

  get function(): string {
    return this.#wanted.function;
  }

  /** `id` tells calls apart. Answers the point at which to kill, if it is this one. */
  before(id: string, operation: string, process: FunctionProcess): number | undefined {
    if (!this.#isAbout(process)) return undefined;
    const number = this.calls.push(operation);
    this.#numbers.set(id, number);
    return this.#fires(2 * number - 1);
  }

  after(id: string): number | undefined {
    const number = this.#numbers.get(id);
    this.#numbers.delete(id);
    return number === undefined ? undefined : this.#fires(2 * number);
  }

  #isAbout(process: FunctionProcess): boolean {
    const { about } = this.#wanted;
    return about === undefined || (JSON.stringify(process.event) ?? '').includes(about);
  }

  #fires(point: number): number | undefined {
    if (this.fired || point !== this.#wanted.point) return undefined;
    this.fired = true;
    return point;
  }
}
