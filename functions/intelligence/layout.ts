import * as z from 'zod';
import type { Network } from '../core/network.ts';
import type { Observable } from '../core/observable.ts';

/**
 * The compiled file: `SPINTEL1`, the header's length in bytes as a 32-bit number, four bytes of nothing, the header
 * (JSON in UTF-8, padded with blanks), and the data, all little-endian. Every part begins at a multiple of eight, so
 * that typed arrays lie right over the bytes. Offsets count from the beginning of the data.
 */
export const MAGIC = 'SPINTEL1';
export const ALIGNMENT = 8;
/** What is before the header. */
export const PREAMBLE = 16;
/** The second at which what holds without end ends. */
export const ENDLESS = 0xffff_ffff;

/** A part of the data: where it begins. */
const at = z.int().nonnegative().multipleOf(ALIGNMENT);

/** Rows of one kind, sorted by their key: `words` numbers of 32 bits, the most significant first. */
const Table = z.strictObject({
  /** `ipv4/24`, `ipv6/48`, `domain`, `md5`, `sha1`, `sha256`. */
  name: z.string(),
  words: z.int().min(1).max(8),
  rows: z.int().positive(),
  /** Where its rows begin in the columns. */
  firstRow: z.int().nonnegative(),
  keys: at,
});
export type Table = z.infer<typeof Table>;

/** One file of a feed. */
const List = z.strictObject({
  feed: z.string(),
  name: z.string(),
  says: z.enum(['indicators', 'warnings']),
});
export type List = z.infer<typeof List>;

export const Header = z.strictObject({
  version: z.literal(1),
  /** The digest of what it was made from: the feeds as declared, and their files. */
  inputs: z.string(),
  compiledAt: z.iso.datetime(),
  /** SHA-256 of the data, in hex. */
  sha256: z.string(),
  bytes: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  lists: z.array(List).max(65_535),
  tables: z.array(Table),
  /** One number a row: an index into `lists`, seconds since 1970 (twice), 0 to 100, and 1 where subdomains are not meant. */
  columns: z.strictObject({ list: at, firstSeen: at, validUntil: at, confidence: at, exact: at }),
  /** The names of the domain table's rows one after the other, in ASCII, and where each begins; one more ends the last. */
  names: z.strictObject({ starts: at, text: at, bytes: z.int().nonnegative() }),
});
export type Header = z.infer<typeof Header>;

export const DOMAIN = 'domain';

/** The table that an observable's rows are in, and its key there. */
export function placeOf(observable: Observable): {
  readonly table: string;
  readonly words: readonly number[];
} {
  switch (observable.kind) {
    case 'address':
      return { table: addressTable(observable.network), words: addressWords(observable.network) };
    case 'domain':
      return { table: DOMAIN, words: [nameHash(observable.name)] };
    case 'hash':
      return { table: observable.algorithm, words: hexWords(observable.hex) };
  }
}

/** Addresses are kept by the length of their prefix. */
export function addressTable({ family, bits }: Pick<Network, 'family' | 'bits'>): string {
  return `ipv${family}/${bits}`;
}

/** An address as one number of 32 bits, or four. */
export function addressWords({ family, first }: Network): number[] {
  if (family === 4) return [Number(first)];
  return [96n, 64n, 32n, 0n].map((shift) => Number(BigInt.asUintN(32, first >> shift)));
}

function hexWords(hex: string): number[] {
  return Array.from({ length: hex.length / 8 }, (_, at) =>
    Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16),
  );
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over the name from its end, so that one pass gives the hash of every domain that it lies in. */
export function nameHash(name: string): number {
  let hash = FNV_OFFSET;
  for (let at = name.length - 1; at >= 0; at -= 1) hash = nextHash(hash, name.charCodeAt(at));
  return hash >>> 0;
}

/** http://www.isthe.com/chongo/tech/comp/fnv/index.html */
export function nextHash(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME);
}

export const NAME_HASH_START = FNV_OFFSET;

export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
