import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addressText, covers } from '../../functions/core/network.ts';
import { type Observable, observableText, parseObservable } from '../../functions/core/observable.ts';
import { compile, type Indicator } from '../../functions/intelligence/compile.ts';
import { LookupCorruptError, openLookup } from '../../functions/intelligence/lookup.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const LATER = new Date('2026-12-21T12:00:00Z');
const lists = [
  { feed: 'bad', name: 'bad ones', says: 'indicators' },
  { feed: 'worse', name: 'worse ones', says: 'indicators' },
  { feed: 'good', name: 'good ones', says: 'warnings' },
] as const;

function read(text: string): Observable {
  const observable = parseObservable(text);
  if (!observable) throw new Error(`${text} is nothing that can be looked up`);
  return observable;
}

function row(text: string, changes: Partial<Indicator> = {}): Indicator {
  return { observable: read(text), list: 0, firstSeen: NOW, confidence: 50, exact: false, ...changes };
}

function lookupOf(...indicators: readonly Indicator[]) {
  const lookup = openLookup(compile({ lists, indicators, inputs: 'test', compiledAt: NOW }));
  return (text: string, now = NOW) => lookup.about(read(text), now);
}

const matched = ({ indicators }: { indicators: readonly { matched: string }[] }) =>
  indicators.map((one) => one.matched);

describe('an address', () => {
  it('is in every range around it, the narrowest first', () => {
    const ask = lookupOf(
      row('198.51.0.0/16'),
      row('198.51.100.0/24'),
      row('198.51.100.7'),
      row('198.51.100.8'),
    );
    expect(matched(ask('198.51.100.7'))).toEqual(['198.51.100.7', '198.51.100.0/24', '198.51.0.0/16']);
    expect(ask('198.50.255.255')).toEqual({ indicators: [], warnings: [] });
  });

  it('of IPv6 is looked up by prefix, however it is spelled', () => {
    const ask = lookupOf(row('2001:db8:7::/48'), row('2001:db8::1'));
    expect(matched(ask('2001:DB8:7:0:0:0:0:9'))).toEqual(['2001:db8:7::/48']);
    expect(matched(ask('2001:0db8::1'))).toEqual(['2001:db8::1']);
  });

  it('keeps source, age, end and confidence', () => {
    const until = new Date('2026-11-30T00:00:00Z');
    const { indicators } = lookupOf(row('192.0.2.1', { list: 1, validUntil: until, confidence: 73 }))(
      '192.0.2.1',
    );
    expect(indicators).toEqual([
      {
        feed: 'worse',
        list: 'worse ones',
        matched: '192.0.2.1',
        firstSeen: NOW.getTime() / 1000,
        validUntil: until.getTime() / 1000,
        confidence: 73,
      },
    ]);
  });
});

describe('a domain', () => {
  it('lies in each domain above it, and in no other that ends alike', () => {
    const ask = lookupOf(row('evil.example'), row('c2.evil.example'), row('notevil.example'));
    expect(matched(ask('a.c2.evil.example'))).toEqual(['c2.evil.example', 'evil.example']);
    expect(matched(ask('devil.example'))).toEqual([]);
    expect(matched(ask('EVIL.example.'))).toEqual(['evil.example']);
  });

  it('of an exact list is matched alone', () => {
    const ask = lookupOf(row('pages.example', { exact: true }));
    expect(matched(ask('pages.example'))).toEqual(['pages.example']);
    expect(matched(ask('attacker.pages.example'))).toEqual([]);
  });

  it('is compared as text where two have the same hash', () => {
    // Found by search: their names, read from the end, share FNV-1a's 32 bits.
    const [one, two] = collision();
    expect(matched(lookupOf(row(one))(two))).toEqual([]);
    expect(matched(lookupOf(row(one), row(two))(two))).toEqual([two]);
  });
});

test('a hash is looked up whatever its case, among those of its own algorithm', () => {
  const [md5, sha256] = ['d41d8cd98f00b204e9800998ecf8427e', 'd41d8cd98f00b204e9800998ecf8427e'.repeat(2)];
  const ask = lookupOf(row(md5));
  expect(matched(ask(md5.toUpperCase()))).toEqual([md5]);
  expect(matched(ask(sha256))).toEqual([]);
});

test('an indicator says nothing once it has expired', () => {
  const ask = lookupOf(row('192.0.2.1', { validUntil: new Date('2026-12-01T00:00:00Z') }), row('192.0.2.2'));
  expect(matched(ask('192.0.2.1'))).toHaveLength(1);
  expect(matched(ask('192.0.2.1', LATER))).toEqual([]);
  expect(matched(ask('192.0.2.2', LATER))).toHaveLength(1);
});

test('warnings are told beside indicators', () => {
  const { indicators, warnings } = lookupOf(row('192.0.2.1'), row('192.0.2.0/24', { list: 2 }))('192.0.2.1');
  expect(indicators).toHaveLength(1);
  expect(warnings).toMatchObject([{ feed: 'good', matched: '192.0.2.0/24' }]);
});

test('what one list says twice is one row: the earliest, the longest, the surest', () => {
  const [early, late] = [new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z')];
  const { indicators } = lookupOf(
    row('192.0.2.1', { firstSeen: early, validUntil: NOW, confidence: 90 }),
    row('192.0.2.1', { validUntil: late, confidence: 10 }),
    row('192.0.2.1', { list: 1 }),
  )('192.0.2.1');
  expect(indicators).toMatchObject([
    { feed: 'bad', firstSeen: early.getTime() / 1000, validUntil: late.getTime() / 1000, confidence: 90 },
    { feed: 'worse' },
  ]);
});

test('equal input gives equal bytes, in whatever order it came', () => {
  const rows = [row('192.0.2.1'), row('evil.example', { list: 1 }), row('192.0.2.0/24'), row('evil.example')];
  const bytes = (indicators: readonly Indicator[]) =>
    Buffer.from(compile({ lists, indicators, inputs: 'x', compiledAt: NOW }));
  expect(bytes(rows).equals(bytes(rows.toReversed()))).toBe(true);
});

describe('a compiled file', () => {
  const good = compile({ lists, indicators: [row('192.0.2.1')], inputs: 'x', compiledAt: NOW });

  it('that was changed or cut anywhere is refused', () => {
    void fc.assert(
      fc.property(fc.nat(good.byteLength - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bad = Uint8Array.from(good);
        bad[at] = (bad[at] ?? 0) ^ by;
        const outcome = attempt(() => openLookup(bad).about(read('192.0.2.1'), NOW));
        // A byte of the header's own text, or of nothing, may change without harm to what is looked up.
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(LookupCorruptError);
        expect(() => openLookup(good.subarray(0, at))).toThrow(LookupCorruptError);
      }),
      { numRuns: 300 },
    );
  });

  it('is read where it lies, and at odd places as well', () => {
    const buffer = new Uint8Array(good.byteLength + 3);
    buffer.set(good, 3);
    expect(openLookup(buffer.subarray(3)).about(read('192.0.2.1'), NOW).indicators).toHaveLength(1);
  });

  it('of nothing answers nothing', () => {
    const empty = openLookup(compile({ lists, indicators: [], inputs: 'x', compiledAt: NOW }));
    expect(empty.about(read('192.0.2.1'), NOW).indicators).toEqual([]);
    expect(empty.about(read('evil.example'), NOW).indicators).toEqual([]);
  });
});

/** Few networks and names, so that they meet. */
const octet = fc.integer({ min: 0, max: 3 });
const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.map((part) => part * 64).join('.'));
const range = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([text, bits]) => {
  const { network } = read(text) as Extract<Observable, { kind: 'address' }>;
  const rest = BigInt(32 - bits);
  const first = (network.first >> rest) << rest;
  return `${addressText({ family: 4, bits, first })}/${bits}`;
});
const label = fc.constantFrom('a', 'b', 'evil', 'x-1');
const domain = fc
  .array(label, { minLength: 1, maxLength: 4 })
  .map((labels) => [...labels, 'example'].join('.'));

test('the lookup says what looking through all of them says', () => {
  void fc.assert(
    fc.property(
      fc.array(fc.oneof(range, address, domain), { maxLength: 30 }),
      fc.oneof(address, domain),
      (known, asked) => {
        const about = read(asked);
        const naive = [...new Set(known.map((text) => observableText(read(text))))].filter((text) => {
          const one = read(text);
          if (one.kind === 'address' && about.kind === 'address') return covers(one.network, about.network);
          return one.kind === 'domain' && about.kind === 'domain' && isBelow(about.name, one.name);
        });
        const found = lookupOf(...known.map((text) => row(text)))(asked);
        expect(matched(found).toSorted()).toEqual(naive.toSorted().slice(0, 20));
      },
    ),
    { numRuns: 500 },
  );
});

function isBelow(name: string, above: string): boolean {
  return name === above || name.endsWith(`.${above}`);
}

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

/** Two names whose hashes collide: by the birthday bound, among some 100,000. */
function collision(): [string, string] {
  const seen = new Map<number, string>();
  for (let index = 0; ; index += 1) {
    const name = `${index.toString(36)}.example`.padStart(14, '0');
    const hash = hashOf(name);
    const other = seen.get(hash);
    if (other !== undefined && parseObservable(name)?.kind === 'domain') return [other, name];
    seen.set(hash, name);
  }
}

function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of [...name].reverse()) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}
