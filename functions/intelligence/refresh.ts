import { boundedText } from '../core/bounded.ts';
import { digest } from '../core/canonical.ts';
import type { EntryNamed } from '../core/entry.ts';
import type { Feed, FeedFile } from '../core/feeds.ts';
import type { Clock, FeedStore, Ledger } from '../core/ports.ts';
import { compile, type Indicator } from './compile.ts';
import { readAs } from './formats/formats.ts';
import type { Gap } from './formats/reading.ts';
import { admit } from './indicator.ts';
import type { List } from './layout.ts';
import { type Lookup, openLookup } from './lookup.ts';
import { ownNetworks } from './own-networks.ts';

export interface RefreshParts {
  readonly feeds: readonly Feed[];
  /** The owner's own, as CIDR blocks: no indicator counts against them. */
  readonly networks: readonly string[];
  readonly store: FeedStore;
  readonly ledger: Pick<Ledger, 'appendOutside'>;
  readonly clock: Clock;
  /** What is to be done with new indicators before they count as known: it is done again after a crash. */
  readonly onNews: (now: Lookup, before: Lookup | undefined, changedAt: Date) => Promise<number>;
}

/** `matches`: how many findings of our own came of it. */
export type Refreshed =
  | { readonly status: 'unchanged' }
  | { readonly status: 'compiled'; readonly rows: number; readonly matches: number };

const DAY = 24 * 60 * 60 * 1000;
/** A file that is larger is not read: a million indicators are 16 MB of addresses, or 70 MB of hashes. */
const MOST_BYTES = 100_000_000;
const MOST_FILES = 1_000;
/** Gaps of one file that the ledger names; it counts them all. */
const MOST_GAPS = 10;

/**
 * Compiles the feeds anew where a file, a feed's declaration or the owner's networks changed, and reports in the ledger
 * what was understood, what was not, and which feeds are stale. Safe to call at any time, and again after a crash.
 */
export async function refresh(parts: RefreshParts): Promise<Refreshed> {
  const { feeds, networks, store, ledger, clock } = parts;
  const files = await store.files();
  await reportStale(files, parts);
  const inputs = digest({ feeds, networks, files: files.map(({ feed, name, etag }) => [feed, name, etag]) });
  const kept = await store.compiled();
  const before = kept && openLookup(kept);
  if (before?.header.inputs === inputs) return { status: 'unchanged' };
  const read = await readAll(files, parts);
  const compiled = compile({ ...read, inputs, compiledAt: clock() });
  const now = openLookup(compiled);
  const { sha256, rows } = now.header;
  const matches = await parts.onNews(now, before, newestOf(files));
  await ledger.appendOutside<'intake'>(partition(clock()), `intelligence#${inputs}`, {
    type: 'intelligence-compiled',
    inputs,
    sha256,
    rows,
    matches,
    files: read.accounts,
  });
  await store.keep(compiled);
  return { status: 'compiled', rows, matches };
}

/** A chain of its own in each day's intake: nothing else writes there. */
function partition(now: Date): string {
  return `intake#${now.toISOString().slice(0, 10)}#feeds`;
}

function newestOf(files: readonly FeedFile[]): Date {
  return new Date(Math.max(0, ...files.map(({ modified }) => modified.getTime())));
}

/** Once for each time that a feed goes stale. One that never had a file is not in use. */
async function reportStale(
  files: readonly FeedFile[],
  { feeds, ledger, clock }: RefreshParts,
): Promise<void> {
  const now = clock();
  for (const { name, maxAgeDays } of feeds) {
    const own = files.filter(({ feed }) => feed === name);
    const newest = newestOf(own);
    if (own.length === 0 || now.getTime() - newest.getTime() <= maxAgeDays * DAY) continue;
    const since = new Date(newest.getTime() + maxAgeDays * DAY);
    // In the chain of the day on which it went stale, so that the same command is found again.
    await ledger.appendOutside<'intake'>(partition(since), `stale#${name}#${newest.toISOString()}`, {
      type: 'feed-stale',
      feed: name,
      newest: newest.toISOString(),
      maxAgeDays,
    });
  }
}

interface AllRead {
  readonly lists: readonly List[];
  readonly indicators: readonly Indicator[];
  readonly accounts: EntryNamed<'intelligence-compiled'>['files'];
}

async function readAll(files: readonly FeedFile[], parts: RefreshParts): Promise<AllRead> {
  const own = ownNetworks(parts.networks, parts.clock());
  const lists: List[] = [own.list];
  const indicators: Indicator[] = [...own.indicators];
  const accounts: AllRead['accounts'] = [];
  for (const [index, file] of files.entries()) {
    const feed = parts.feeds.find(({ name }) => name === file.feed);
    const problem = problemOf(file, feed, index);
    const { name, reads, gaps } = problem ?? readAs(feed as Feed, await parts.store.read(file));
    const taken = feed ? reads.map((read) => admit(read, feed, file.modified, lists.length)) : [];
    const admitted = taken.filter((one) => 'observable' in one);
    const refused = taken.filter((one) => 'reason' in one);
    if (feed) lists.push({ feed: feed.name, name: boundedText(name ?? file.name, 120), says: feed.says });
    for (const one of admitted) indicators.push(one);
    accounts.push(accountOf(file, admitted.length, [...gaps, ...refused]));
  }
  return { lists, indicators, accounts };
}

function problemOf({ bytes }: FeedFile, feed: Feed | undefined, index: number) {
  const unread = (reason: string) => ({ name: undefined, reads: [], gaps: [{ at: 'the file', reason }] });
  if (!feed) return unread('policies/feeds.yaml has no feed of this name');
  if (bytes > MOST_BYTES) return unread(`it is larger than ${MOST_BYTES} bytes`);
  return index >= MOST_FILES ? unread(`only the first ${MOST_FILES} files are read`) : undefined;
}

function accountOf({ feed, name }: FeedFile, indicators: number, gaps: readonly Gap[]) {
  return {
    feed: boundedText(feed, 64),
    file: boundedText(name, 200),
    indicators,
    notUnderstood: gaps.length,
    examples: gaps.slice(0, MOST_GAPS).map(({ at, reason }) => ({ at: boundedText(at, 80), reason })),
  };
}
