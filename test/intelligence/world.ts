import type { EntryOf } from '../../functions/core/entry.ts';
import type { Feed, FeedFile } from '../../functions/core/feeds.ts';
import type { FeedStore } from '../../functions/core/ports.ts';
import { type RefreshParts, refresh } from '../../functions/intelligence/refresh.ts';

export const DAY = 24 * 60 * 60 * 1000;
const common = { confidence: 60, maxAgeDays: 7, validDays: 30 };
export const feeds: readonly Feed[] = [
  { ...common, name: 'list', format: 'list', says: 'indicators' },
  { ...common, name: 'known-good', format: 'list', says: 'warnings' },
];

/** A bucket of feeds in memory, with the ledger's intake beside it. */
export class FeedsWorld {
  now = new Date('2026-11-21T12:00:00Z');
  compiled: Uint8Array | undefined;
  readonly entries: {
    readonly partition: string;
    readonly command: string;
    readonly entry: EntryOf<'intake'>;
  }[] = [];
  networks: readonly string[] = [];
  private readonly stored = new Map<string, FeedFile & { readonly text: string }>();

  put(feed: string, name: string, text: string, modified = this.now): void {
    const about = {
      feed,
      name,
      modified,
      bytes: text.length,
      etag: `"${text.length}-${modified.toISOString()}"`,
    };
    this.stored.set(`${feed}/${name}`, { ...about, text });
  }

  get store(): FeedStore {
    return {
      files: async () => [...this.stored.values()].map(({ text: _, ...file }) => file),
      read: async ({ feed, name }) => this.stored.get(`${feed}/${name}`)?.text ?? '',
      compiled: async () => this.compiled,
      keep: async (compiled) => {
        this.compiled = compiled;
      },
    };
  }

  refresh(changes: Partial<RefreshParts> = {}) {
    return refresh({
      feeds,
      networks: this.networks,
      store: this.store,
      ledger: {
        appendOutside: async (partition, command, entry) => {
          if (this.entries.some((one) => one.partition === partition && one.command === command)) return;
          this.entries.push({ partition, command, entry: entry as EntryOf<'intake'> });
        },
      },
      clock: () => this.now,
      onNews: async () => 0,
      ...changes,
    });
  }
}
