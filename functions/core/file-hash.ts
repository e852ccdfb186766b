import type { FileHash } from './finding.ts';

const MOST_HASHES = 100;

/** Algorithms by the length of their hash in hex. */
const algorithms: Readonly<Record<number, FileHash['algorithm']>> = {
  32: 'MD5',
  40: 'SHA-1',
  64: 'SHA-256',
  128: 'SHA-512',
};

/** Those of the values that are hashes in hex, each once. Sources write them bare, or with the algorithm before a colon. */
export function fileHashes(values: Iterable<unknown>): FileHash[] {
  const found = new Map<string, FileHash>();
  for (const text of values) {
    if (typeof text !== 'string' || text.length > 140) continue;
    const value = text.toLowerCase().split(':').at(-1) ?? '';
    const algorithm = /^[0-9a-f]+$/.test(value) ? algorithms[value.length] : undefined;
    if (algorithm) found.set(value, { algorithm, value });
  }
  return [...found.values()].slice(0, MOST_HASHES);
}
