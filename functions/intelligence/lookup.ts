import { sha256 } from '../core/canonical.ts';
import { SallyportError } from '../core/errors.ts';
import type { Knowledge, Sighting } from '../core/intelligence.ts';
import type { Network } from '../core/network.ts';
import { type Observable, observableText } from '../core/observable.ts';
import {
  addressTable,
  addressWords,
  aligned,
  DOMAIN,
  ENDLESS,
  Header,
  MAGIC,
  NAME_HASH_START,
  nextHash,
  PREAMBLE,
  placeOf,
  type Table,
} from './layout.ts';

/** The compiled file is not what was written, or of another version: compile the feeds again. */
export class LookupCorruptError extends SallyportError {
  override readonly name = 'LookupCorruptError';

  constructor(problem: string, options?: ErrorOptions) {
    super(`the compiled indicators cannot be read: ${problem}; compile the feeds again`, options);
  }
}

/** Rows that one question is answered with, at most: a feed must not make an answer long. */
const MOST_SIGHTINGS = 20;
const NOTHING: Knowledge = { indicators: [], warnings: [] };

/** The compiled indicators, asked in memory. */
export interface Lookup {
  readonly header: Header;
  /** Rows that have expired by then say nothing. */
  about(observable: Observable, now: Date): Knowledge;
}

/** Opens a compiled file. Nothing of it is copied or parsed but its header. Throws LookupCorruptError. */
export function openLookup(file: Uint8Array): Lookup {
  const { header, data } = headerOf(file);
  const rows = new Rows(header, data);
  const addresses = { 4: prefixTables(header, 4), 6: prefixTables(header, 6) };
  const tables = new Map(header.tables.map((table) => [table.name, table]));
  return {
    header,
    about(observable, now) {
      const found = new Found(Math.floor(now.getTime() / 1000), rows);
      if (observable.kind === 'address') rows.around(observable.network, addresses, found);
      else if (observable.kind === 'domain') rows.above(observable.name, tables.get(DOMAIN), found);
      else rows.equal(observable, tables.get(observable.algorithm), found);
      return found.knowledge();
    },
  };
}

function headerOf(file: Uint8Array): { readonly header: Header; readonly data: Uint8Array } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.byteLength < PREAMBLE || Buffer.from(file.subarray(0, 8)).toString('latin1') !== MAGIC)
    throw new LookupCorruptError('it is no such file');
  const length = view.getUint32(8, true);
  const begins = aligned(PREAMBLE + length);
  if (begins > file.byteLength) throw new LookupCorruptError('it was cut short');
  const text = Buffer.from(file.subarray(PREAMBLE, PREAMBLE + length)).toString('utf8');
  const parsed = Header.safeParse(jsonOf(text));
  if (!parsed.success) throw new LookupCorruptError('its header is wrong', { cause: parsed.error });
  const data = file.subarray(begins);
  if (data.byteLength !== parsed.data.bytes || sha256(data) !== parsed.data.sha256)
    throw new LookupCorruptError('its data is not what its header says');
  return { header: parsed.data, data };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Prefixes {
  readonly bits: number;
  readonly table: Table;
}

/** The longest prefix first. */
function prefixTables({ tables }: Header, family: 4 | 6): readonly Prefixes[] {
  const width = family === 4 ? 32 : 128;
  const byName = new Map(tables.map((table) => [table.name, table]));
  return Array.from({ length: width + 1 }, (_, at) => width - at).flatMap((bits) => {
    const table = byName.get(addressTable({ family, bits }));
    return table ? [{ bits, table }] : [];
  });
}

/** The rows that answer one question. */
class Found {
  private readonly indicators: Sighting[] = [];
  private readonly warnings: Sighting[] = [];
  private readonly now: number;
  private readonly rows: Rows;

  constructor(now: number, rows: Rows) {
    this.now = now;
    this.rows = rows;
  }

  /** `matched` is spelled only where it is needed. */
  take(row: number, matched: () => string): void {
    if (!this.rows.holds(row, this.now)) return;
    const kept = this.rows.warns(row) ? this.warnings : this.indicators;
    if (kept.length < MOST_SIGHTINGS) kept.push(this.rows.sighting(row, matched()));
  }

  knowledge(): Knowledge {
    const { indicators, warnings } = this;
    return indicators.length + warnings.length === 0 ? NOTHING : { indicators, warnings };
  }
}

/** Typed arrays over the file's own bytes. */
class Rows {
  private readonly header: Header;
  private readonly data: Uint8Array;
  private readonly keys = new Map<Table, Keys>();
  private readonly list: Uint16Array;
  private readonly firstSeen: Uint32Array;
  private readonly validUntil: Uint32Array;
  private readonly confidence: Uint8Array;
  private readonly exact: Uint8Array;
  private readonly starts: Uint32Array;
  private readonly text: Uint8Array;

  constructor(header: Header, file: Uint8Array) {
    const { rows, columns, names, tables } = header;
    // An array of 32-bit numbers can only lie at a multiple of four: a file that came as part of a larger buffer is moved.
    const data = file.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? file : file.slice();
    const domains = tables.find(({ name }) => name === DOMAIN)?.rows ?? 0;
    this.header = header;
    this.data = data;
    try {
      for (const table of tables)
        this.keys.set(table, new Keys(this.numbers(table.keys, table.rows * table.words), table));
      this.list = new Uint16Array(data.buffer, data.byteOffset + columns.list, rows);
      this.firstSeen = this.numbers(columns.firstSeen, rows);
      this.validUntil = this.numbers(columns.validUntil, rows);
      this.confidence = this.bytes(columns.confidence, rows);
      this.exact = this.bytes(columns.exact, rows);
      this.starts = this.numbers(names.starts, domains + 1);
      this.text = this.bytes(names.text, names.bytes);
    } catch (cause) {
      throw new LookupCorruptError('a part lies outside of it', { cause });
    }
  }

  private numbers(at: number, length: number): Uint32Array {
    return new Uint32Array(this.data.buffer, this.data.byteOffset + at, length);
  }

  private bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.data.buffer, this.data.byteOffset + at, length);
  }

  holds(row: number, now: number): boolean {
    return (this.validUntil[row] ?? 0) >= now;
  }

  warns(row: number): boolean {
    return this.header.lists[this.list[row] ?? -1]?.says === 'warnings';
  }

  sighting(row: number, matched: string): Sighting {
    const { feed = '', name = '' } = this.header.lists[this.list[row] ?? -1] ?? {};
    const until = this.validUntil[row] ?? 0;
    return {
      feed,
      list: name,
      matched,
      firstSeen: this.firstSeen[row] ?? 0,
      validUntil: until === ENDLESS ? null : until,
      confidence: this.confidence[row] ?? 0,
    };
  }

  /** Every range that an address, or a range, lies in. */
  around(network: Network, tables: Readonly<Record<4 | 6, readonly Prefixes[]>>, found: Found): void {
    const words = addressWords(network);
    for (const { bits, table } of tables[network.family]) {
      if (bits > network.bits) continue;
      const prefix = bits === network.bits ? words : words.map((word, at) => masked(word, bits - 32 * at));
      const matched = () => observableText({ kind: 'address', network: rangeOf(network, bits) });
      this.each(table, prefix, (row) => found.take(row, matched));
    }
  }

  /** The domain itself, and each that it lies in; the longest first. */
  above(name: string, table: Table | undefined, found: Found): void {
    if (!table) return;
    let hash = NAME_HASH_START;
    let labels = 1;
    const ends: { readonly hash: number; readonly from: number }[] = [];
    for (let at = name.length - 1; at >= 0; at -= 1) {
      const code = name.charCodeAt(at);
      if (code === DOT) labels += 1;
      hash = nextHash(hash, code);
      if (labels > 1 && code !== DOT && (at === 0 || name.charCodeAt(at - 1) === DOT))
        ends.push({ hash: hash >>> 0, from: at });
    }
    for (const { hash: end, from } of ends.reverse()) this.named(table, end, name, from, found);
  }

  private named(table: Table, hash: number, name: string, from: number, found: Found): void {
    this.each(table, [hash], (row) => {
      const isMeant = from === 0 || this.exact[row] !== 1;
      if (isMeant && this.spells(row - table.firstRow, name, from)) found.take(row, () => name.slice(from));
    });
  }

  private spells(domain: number, name: string, from: number): boolean {
    const start = this.starts[domain] ?? 0;
    if ((this.starts[domain + 1] ?? 0) - start !== name.length - from) return false;
    for (let at = from; at < name.length; at += 1)
      if (this.text[start + at - from] !== name.charCodeAt(at)) return false;
    return true;
  }

  equal(observable: Observable, table: Table | undefined, found: Found): void {
    if (!table) return;
    this.each(table, placeOf(observable).words, (row) => found.take(row, () => observableText(observable)));
  }

  /** Calls for each row with this key; rows of the same key lie next to each other. */
  private each(table: Table, key: readonly number[], take: (row: number) => void): void {
    const keys = this.keys.get(table);
    if (!keys) return;
    for (let at = keys.first(key); keys.isAt(at, key); at += 1) take(table.firstRow + at);
  }
}

/** The keys of one table, and where those with the same leading 16 bits begin: a search then touches few of them. */
class Keys {
  private readonly keys: Uint32Array;
  private readonly words: number;
  private readonly rows: number;
  private readonly begins = new Uint32Array(2 ** 16 + 1);

  constructor(keys: Uint32Array, { words, rows }: Table) {
    this.keys = keys;
    this.words = words;
    this.rows = rows;
    let row = 0;
    for (let leading = 0; leading < 2 ** 16; leading += 1) {
      this.begins[leading] = row;
      while (row < rows && (keys[row * words] ?? 0) >>> 16 === leading) row += 1;
    }
    this.begins[2 ** 16] = rows;
  }

  /** The first row whose key is no less. */
  first(key: readonly number[]): number {
    const leading = (key[0] ?? 0) >>> 16;
    let low = this.begins[leading] ?? 0;
    let high = this.begins[leading + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(middle, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  isAt(row: number, key: readonly number[]): boolean {
    return row < this.rows && this.compare(row, key) === 0;
  }

  private compare(row: number, key: readonly number[]): number {
    const at = row * this.words;
    for (let word = 0; word < key.length; word += 1) {
      const difference = (this.keys[at + word] ?? 0) - (key[word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }
}

const DOT = 46;

/** A word of an address with only its leading bits. */
function masked(word: number, bits: number): number {
  if (bits >= 32) return word;
  return bits <= 0 ? 0 : (word & (0xffff_ffff << (32 - bits))) >>> 0;
}

function rangeOf({ family, first }: Network, bits: number): Network {
  const rest = BigInt((family === 4 ? 32 : 128) - bits);
  return { family, bits, first: (first >> rest) << rest };
}
