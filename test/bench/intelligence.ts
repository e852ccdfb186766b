import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Observable, parseObservable } from '../../functions/core/observable.ts';
import { compile, type Indicator } from '../../functions/intelligence/compile.ts';
import { openLookup } from '../../functions/intelligence/lookup.ts';
import { rounded, spread } from './statistics.ts';

const LIMIT = { lookupUs: 5, megabytes: 60, loadMs: 300 } as const;
const BATCH = 1_000;
const WARM_UPS = 20;
const BATCHES = 500;
const NOW = new Date('2026-11-22T00:00:00Z');

/**
 * The indicators' numbers: how large a compiled file of so many is, how long it takes from the file to the first answer
 * (its SHA-256 included), what it adds to the process's memory, and how long one lookup takes: the mean of a batch of
 * 1,000, half of which hit, at the 99th percentile of 500 batches, in a process that is warm. The limit is on the thread's own processor time: what
 * passes while other processes run says nothing of the lookup, and stands beside it as `wallUs`.
 */
export function benchIntelligence(count: number) {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  try {
    const path = join(directory, 'lookup');
    const began = performance.now();
    writeFileSync(path, compileMadeUp(count));
    const compileMs = performance.now() - began;
    return measure(path, count, compileMs);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function compileMadeUp(count: number): Uint8Array {
  return compile({
    lists: [{ feed: 'made-up', name: 'made up', says: 'indicators' }],
    indicators: Array.from({ length: count }, (_, index) => indicatorOf(index)),
    inputs: 'bench',
    compiledAt: NOW,
  });
}

function measure(path: string, count: number, compileMs: number) {
  const before = bytesInUse();
  const began = performance.now();
  const file = readFileSync(path);
  const lookup = openLookup(file);
  const loadMs = performance.now() - began;
  const addedMegabytes = rounded((bytesInUse() - before) / 1e6);
  const hits = new Set<boolean>();
  const times = Array.from({ length: WARM_UPS + BATCHES }, (_, batch) => {
    const asked = Array.from({ length: BATCH }, (_, at) => observableOf(batch * 7919 + at, at, count));
    const [start, used] = [performance.now(), process.threadCpuUsage()];
    for (const one of asked) hits.add(lookup.about(one, NOW).indicators.length > 0);
    const { user, system } = process.threadCpuUsage(used);
    return { own: (user + system) / BATCH, wall: ((performance.now() - start) / BATCH) * 1000 };
  });
  const timed = times.slice(WARM_UPS);
  if (hits.size !== 2) throw new Error('the batches did not both hit and miss: nothing was measured');
  const megabytes = rounded(file.byteLength / 1e6);
  const lookupUs = spread(timed.map(({ own }) => own));
  const ok = lookupUs.p99 <= LIMIT.lookupUs && addedMegabytes <= LIMIT.megabytes && loadMs <= LIMIT.loadMs;
  return {
    indicators: lookup.header.rows,
    compileMs: rounded(compileMs),
    megabytes,
    addedMegabytes,
    loadMs: rounded(loadMs),
    lookupUs,
    wallUs: spread(timed.map(({ wall }) => wall)),
    limit: LIMIT,
    ok,
  };
}

/** Every other one is of the compiled ones. */
function observableOf(seed: number, at: number, count: number): Observable {
  return observable(at % 2 === 0 ? seed % count : count + seed);
}

function indicatorOf(index: number): Indicator {
  return {
    observable: observable(index),
    list: 0,
    firstSeen: new Date(NOW.getTime() - (index % 1000) * 86_400_000),
    validUntil: new Date(NOW.getTime() + 86_400_000),
    confidence: index % 101,
    exact: false,
  };
}

/** Half of them are addresses, some of those ranges; the rest are domains and hashes. */
function observable(index: number): Observable {
  const hash = createHash('sha256').update(String(index)).digest('hex');
  const bytes = Array.from({ length: 4 }, (_, at) => Number.parseInt(hash.slice(at * 2, at * 2 + 2), 16));
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const texts = [
    `${a}.${b}.${c}.${d}`,
    `www-${hash.slice(0, 10)}.example-${index % 1000}.com`,
    index % 16 === 2 ? `${a}.${b}.${c}.0/24` : `${a}.${b}.${c}.${d}`,
    index % 8 === 3 ? hash : `${hash.slice(0, 4)}:${hash.slice(4, 8)}::${hash.slice(8, 12)}`,
  ];
  const parsed = parseObservable(texts[index % 4] ?? '');
  if (!parsed) throw new Error(`made up nothing of ${index}`);
  return parsed;
}

/** What is reachable: garbage is collected first. */
function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}
