import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** What functions print, one file each. */
export class Logs {
  readonly #directory: string;
  readonly #streams = new Map<string, WriteStream>();

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
  }

  of(functionName: string): WriteStream {
    const known = this.#streams.get(functionName);
    if (known) return known;
    const stream = createWriteStream(join(this.#directory, `${functionName}.log`), { flags: 'a' });
    this.#streams.set(functionName, stream);
    return stream;
  }

  async close(): Promise<void> {
    const ending = [...this.#streams.values()].map((stream) => new Promise<void>((done) => stream.end(done)));
    await Promise.all(ending);
  }
}
