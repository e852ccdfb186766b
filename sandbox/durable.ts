import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A map that outlives its process: one JSON line a change, appended before the call returns, so that a kill loses
 * nothing. Loading drops what was superseded. Iterates in the order in which keys were first set.
 */
export class DurableMap<Value> {
  readonly #file: string;
  readonly #values = new Map<string, Value>();

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) this.#load(readFileSync(file, 'utf8'));
    this.#compact();
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value);
    appendFileSync(this.#file, line(key, value));
  }

  delete(key: string): boolean {
    const existed = this.#values.delete(key);
    if (existed) appendFileSync(this.#file, line(key));
    return existed;
  }

  entries(): [string, Value][] {
    return [...this.#values];
  }

  values(): Value[] {
    return [...this.#values.values()];
  }

  get size(): number {
    return this.#values.size;
  }

  /** The last line may be half written if the machine stopped: it is the one change that was never answered. */
  #load(text: string): void {
    const lines = text.split('\n');
    lines.pop();
    for (const written of lines) {
      const { key, value } = JSON.parse(written) as { key: string; value?: Value };
      if (value === undefined) this.#values.delete(key);
      else this.#values.set(key, value);
    }
  }

  #compact(): void {
    writeFileSync(
      `${this.#file}.new`,
      this.entries()
        .map(([key, value]) => line(key, value))
        .join(''),
    );
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function line(key: string, value?: unknown): string {
  return `${JSON.stringify({ key, value })}\n`;
}
