import { sha256 } from '../core/canonical.ts';
import type { Observable } from '../core/observable.ts';
import {
  aligned,
  DOMAIN,
  ENDLESS,
  Header,
  type List,
  MAGIC,
  PREAMBLE,
  placeOf,
  type Table,
} from './layout.ts';

/** One thing that one list names. */
export interface Indicator {
  readonly observable: Observable;
  /** An index into the lists. */
  readonly list: number;
  readonly firstSeen: Date;
  /** Absent where it holds without end. */
  readonly validUntil?: Date | undefined;
  /** From 0 to 100. */
  readonly confidence: number;
  /** Of a domain: its subdomains are not meant. */
  readonly exact: boolean;
}

export interface Compiling {
  readonly lists: readonly List[];
  readonly indicators: Iterable<Indicator>;
  /** The digest of what it is made from. */
  readonly inputs: string;
  readonly compiledAt: Date;
}

interface Row extends Omit<Indicator, 'observable' | 'firstSeen' | 'validUntil'> {
  readonly words: readonly number[];
  /** Of a domain; empty for the rest. */
  readonly name: string;
  readonly firstSeen: number;
  readonly validUntil: number;
}

/** Compiles lists into one file that is read as it lies. What one list says twice of the same thing becomes one row. */
export function compile({ lists, indicators, inputs, compiledAt }: Compiling): Uint8Array {
  const tables = new Map<string, Row[]>();
  for (const indicator of indicators) {
    const { table, words } = placeOf(indicator.observable);
    const rows = tables.get(table) ?? [];
    rows.push(rowOf(indicator, words));
    tables.set(table, rows);
  }
  const sorted = [...tables]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, rows]) => ({ name, rows: merged(rows.sort(inOrder)) }));
  return file(sorted, { lists: [...lists], inputs, compiledAt: compiledAt.toISOString() });
}

function rowOf({ observable, list, confidence, exact, ...times }: Indicator, words: readonly number[]): Row {
  return {
    words,
    name: observable.kind === 'domain' ? observable.name : '',
    list,
    confidence,
    exact,
    firstSeen: seconds(times.firstSeen),
    validUntil: times.validUntil ? Math.min(ENDLESS - 1, seconds(times.validUntil)) : ENDLESS,
  };
}

function seconds(date: Date): number {
  return Math.max(0, Math.floor(date.getTime() / 1000));
}

/** As the lookup searches: by key. Then whatever makes equal input give equal bytes. */
function inOrder(a: Row, b: Row): number {
  for (let at = 0; at < a.words.length; at += 1) {
    const difference = (a.words[at] ?? 0) - (b.words[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.list - b.list;
}

/** The earliest beginning, the latest end, the highest confidence, and the wider meaning. */
function merged(rows: readonly Row[]): Row[] {
  const kept: Row[] = [];
  for (const row of rows) {
    const last = kept.at(-1);
    if (!last || inOrder(last, row) !== 0) kept.push(row);
    else
      kept[kept.length - 1] = {
        ...row,
        firstSeen: Math.min(last.firstSeen, row.firstSeen),
        validUntil: Math.max(last.validUntil, row.validUntil),
        confidence: Math.max(last.confidence, row.confidence),
        exact: last.exact && row.exact,
      };
  }
  return kept;
}

interface Sorted {
  readonly name: string;
  readonly rows: readonly Row[];
}

function file(tables: readonly Sorted[], about: Pick<Header, 'lists' | 'inputs' | 'compiledAt'>): Uint8Array {
  const parts = new Parts();
  const all = tables.flatMap(({ rows }) => rows);
  const listed: Table[] = [];
  let firstRow = 0;
  for (const { name, rows } of tables) {
    const words = rows[0]?.words.length ?? 1;
    listed.push({ name, words, rows: rows.length, firstRow, keys: parts.add(keysOf(rows, words)) });
    firstRow += rows.length;
  }
  const columns = {
    list: parts.add(Uint16Array.from(all, ({ list }) => list)),
    firstSeen: parts.add(Uint32Array.from(all, ({ firstSeen }) => firstSeen)),
    validUntil: parts.add(Uint32Array.from(all, ({ validUntil }) => validUntil)),
    confidence: parts.add(Uint8Array.from(all, ({ confidence }) => confidence)),
    exact: parts.add(Uint8Array.from(all, ({ exact }) => (exact ? 1 : 0))),
  };
  const names = namesOf(tables.find(({ name }) => name === DOMAIN)?.rows ?? [], parts);
  const data = parts.together();
  const header = Header.parse({
    version: 1,
    ...about,
    sha256: sha256(data),
    bytes: data.byteLength,
    rows: all.length,
    tables: listed,
    columns,
    names,
  });
  return withHeader(header, data);
}

function keysOf(rows: readonly Row[], words: number): Uint32Array {
  const keys = new Uint32Array(rows.length * words);
  for (const [at, row] of rows.entries()) keys.set(row.words, at * words);
  return keys;
}

function namesOf(rows: readonly Row[], parts: Parts): Header['names'] {
  const starts = new Uint32Array(rows.length + 1);
  for (const [at, { name }] of rows.entries()) starts[at + 1] = (starts[at] ?? 0) + name.length;
  const text = Buffer.from(rows.map(({ name }) => name).join(''), 'latin1');
  return { starts: parts.add(starts), text: parts.add(text), bytes: text.byteLength };
}

/** Arrays of numbers one after the other. */
class Parts {
  private readonly parts: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  private end = 0;

  /** Answers where it begins. */
  add({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array | Uint32Array): number {
    const at = this.end;
    this.parts.push({ at, bytes: new Uint8Array(buffer, byteOffset, byteLength) });
    this.end = aligned(at + byteLength);
    return at;
  }

  together(): Uint8Array {
    const data = new Uint8Array(this.end);
    for (const { at, bytes } of this.parts) data.set(bytes, at);
    return data;
  }
}

function withHeader(header: Header, data: Uint8Array): Uint8Array {
  const text = Buffer.from(JSON.stringify(header), 'utf8');
  const begins = aligned(PREAMBLE + text.byteLength);
  const whole = new Uint8Array(begins + data.byteLength).fill(0x20, PREAMBLE, begins);
  whole.set(Buffer.from(MAGIC, 'latin1'));
  new DataView(whole.buffer).setUint32(MAGIC.length, text.byteLength, true);
  whole.set(text, PREAMBLE);
  whole.set(data, begins);
  return whole;
}
