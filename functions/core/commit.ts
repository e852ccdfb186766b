import * as z from 'zod';
import { canonicalJson, sha256 } from './canonical.ts';
import { type Chain, chains, type EntryOf, Hash } from './entry.ts';
import { LedgerCorruptError } from './errors.ts';

/** The previous hash of a chain's first commit. */
export const GENESIS = '0'.repeat(64);

/** How far the other chains of the incident had come when this commit was made: what gives the fold its order. */
export const Heads = z.strictObject({
  fact: z.number().int().nonnegative(),
  decision: z.number().int().nonnegative(),
  effect: z.number().int().nonnegative(),
});
export type Heads = z.infer<typeof Heads>;

/** What a commit says. Its canonical JSON (RFC 8785) is what is stored and hashed. */
const Content = z.strictObject({
  partition: z.string(),
  sequence: z.number().int().positive(),
  commandId: z.string().min(1).max(300),
  previousHash: Hash,
  at: z.iso.datetime(),
  /** The function or principal that wrote it, as it names itself; IAM, not this field, is what keeps writers apart. */
  by: z.string(),
  seen: Heads,
  /** The entries, or where they are too large for an item, the SHA-256 under which their JSON lies with the bodies. */
  entries: z.union([z.array(z.unknown()).min(1), z.strictObject({ body: Hash })]),
});
type Content = z.infer<typeof Content>;

/** One item of the ledger: its content, the `text` of it that is stored, and `hash`, the SHA-256 of that text. */
export type Commit = Content & { readonly text: string; readonly hash: string };

/** A commit whose entries were checked to belong to their chain. */
export type ChainCommit<C extends Chain = Chain> = Omit<Commit, 'entries' | 'text'> & {
  readonly entries: readonly EntryOf<C>[];
};

/** The chain that a partition key names: `INC-…#fact`, `intake#2026-11-21#0`, `system`. */
export function chainOf(partition: string): Chain {
  const [head = '', second = ''] = partition.split('#');
  const name = head.startsWith('INC-') ? second : head;
  if (Object.hasOwn(chains, name)) return name as Chain;
  throw new LedgerCorruptError(partition, 'no chain has this name');
}

export function partitionOf(incident: string, chain: 'fact' | 'decision' | 'effect'): string {
  return `${incident}#${chain}`;
}

/** Makes the commit that says this. */
export function seal(content: Content): Commit {
  const text = canonicalJson(content);
  return { ...content, text, hash: sha256(text) };
}

/** Reads a stored commit: every byte of its text must be under its hash. Throws LedgerCorruptError that names the item. */
export function openCommit(item: string, text: string, hash: string): Commit {
  if (sha256(text) !== hash) throw new LedgerCorruptError(item, 'its content does not match its hash');
  const content = Content.safeParse(jsonOf(text));
  if (content.success) return { ...content.data, text, hash };
  throw new LedgerCorruptError(item, `its content is no commit: ${z.prettifyError(content.error)}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Bodies by content hash: what `entries: { body }` points to. */
export type Bodies = ReadonlyMap<string, string>;

/**
 * Checks that a chain is whole: sequences 1..n without a gap, each commit after the hash of its predecessor, every
 * entry valid and in its own chain. Throws LedgerCorruptError that names the item.
 */
export function verifyChain<C extends Chain>(
  chain: C,
  commits: readonly Commit[],
  from = { sequence: 0, hash: GENESIS },
  bodies: Bodies = new Map(),
): ChainCommit<C>[] {
  let { sequence, hash: previousHash } = from;
  return commits.map((commit) => {
    const item = `${commit.partition}/${commit.sequence}`;
    sequence += 1;
    if (commit.sequence !== sequence)
      throw new LedgerCorruptError(item, `expected sequence ${sequence}; a commit is missing`);
    if (chainOf(commit.partition) !== chain)
      throw new LedgerCorruptError(item, `does not belong to a ${chain} chain`);
    if (commit.previousHash !== previousHash)
      throw new LedgerCorruptError(item, 'does not follow the hash of the commit before it');
    previousHash = commit.hash;
    const { text: _, ...rest } = commit;
    return {
      ...rest,
      entries: openEntries(commit, bodies, item).map((entry) => parseEntry(chain, entry, item)),
    };
  });
}

function openEntries({ entries }: Commit, bodies: Bodies, item: string): readonly unknown[] {
  if (Array.isArray(entries)) return entries;
  const text = bodies.get(entries.body);
  if (text === undefined) throw new LedgerCorruptError(item, `its body ${entries.body} is missing`);
  if (sha256(text) !== entries.body)
    throw new LedgerCorruptError(item, `its body ${entries.body} was changed`);
  return z.array(z.unknown()).min(1).parse(JSON.parse(text));
}

function parseEntry<C extends Chain>(chain: C, entry: unknown, item: string): EntryOf<C> {
  const parsed = chains[chain].safeParse(entry);
  if (parsed.success) return parsed.data as EntryOf<C>;
  throw new LedgerCorruptError(
    item,
    `holds an entry that does not belong there: ${z.prettifyError(parsed.error)}`,
  );
}
