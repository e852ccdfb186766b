import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Cloud } from './account/cloud.ts';
import { isReadOnlyEvent } from './account/cloudtrail/naming.ts';
import { accountServices } from './account/service-names.ts';
import type { CloudState } from './account/state.ts';
import type { CallRecord } from './wire/service.ts';

/** How long what a mere read leaves behind (its CloudTrail record) may wait before it is on disk. */
const laziness = 500;

/** Keeps the account under attack on disk: a change at once, the traces of reads a little later. */
export class AccountStore {
  readonly #cloud: Cloud;
  readonly #file: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(cloud: Cloud, file: string) {
    this.#cloud = cloud;
    this.#file = file;
  }

  /** Answers whether there was something to restore. */
  restore(): boolean {
    if (!existsSync(this.#file)) return false;
    this.#cloud.restore(JSON.parse(readFileSync(this.#file, 'utf8')) as CloudState);
    return true;
  }

  onCall({ phase, operation, service }: CallRecord): void {
    // An invocation, of the responder's own functions too, leaves nothing in the account by itself.
    if (phase === 'before' || !accountServices.has(service) || operation === 'Invoke') return;
    if (isReadOnlyEvent(operation)) this.#timer ??= setTimeout(() => this.save(), laziness);
    else this.save();
  }

  /** Sessions are left out: whoever held one is gone when this is read again, and credentials do not belong on disk. */
  save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = JSON.stringify({ ...this.#cloud.state, sessions: {} });
    writeFileSync(`${this.#file}.new`, text, { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}
