import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';

/** What functions/handlers/measured-handler.ts logs of one call, in milliseconds. */
const Handled = z.object({
  metric: z.literal('handled'),
  totalMs: z.number(),
  portsMs: z.number(),
  ownMs: z.number(),
});
export type Handled = z.infer<typeof Handled>;

const PATIENCE_MS = 10_000;

/**
 * Reads what a function's log in the laptop cloud's folder says of its calls, from where it was last read. One finding
 * is under way at a time, so that what is new belongs to it.
 */
export class HandledLog {
  private readonly file: string;
  private offset = 0;

  constructor(stateDirectory: string, functionName: string) {
    this.file = join(stateDirectory, 'logs', `sallyport-${functionName}.log`);
  }

  /** Waits for the lines of this many calls: a function's output arrives after its answer. */
  async next(calls: number): Promise<Handled[]> {
    const found: Handled[] = [];
    for (const deadline = performance.now() + PATIENCE_MS; found.length < calls; await pause(2)) {
      found.push(...this.newLines());
      if (performance.now() > deadline)
        throw new Error(`${this.file} tells of ${found.length} calls where ${calls} were made`);
    }
    return found;
  }

  private newLines(): Handled[] {
    if (!existsSync(this.file)) return [];
    const handle = openSync(this.file, 'r');
    const fresh = Buffer.alloc(fstatSync(handle).size - this.offset);
    readSync(handle, fresh, 0, fresh.length, this.offset);
    closeSync(handle);
    const whole = fresh.subarray(0, fresh.lastIndexOf('\n') + 1);
    this.offset += whole.length;
    return whole
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('{"metric":"handled"'))
      .map((line) => Handled.parse(JSON.parse(line)));
  }
}
