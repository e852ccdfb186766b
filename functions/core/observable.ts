import { leaves } from './document.ts';
import { domainName } from './domain-name.ts';
import type { Entity } from './entity.ts';
import type { Finding } from './finding.ts';
import { addressText, isGlobal, type Network, parseAddress, parseNetwork } from './network.ts';

/** The kinds of file hashes that feeds speak of, by their length in hex digits. */
const algorithms = { 32: 'md5', 40: 'sha1', 64: 'sha256' } as const;
export type HashAlgorithm = (typeof algorithms)[keyof typeof algorithms];

/** What a feed may know (STIX 2.1 calls it a cyber-observable): an address or a range of them, a domain, a file's hash. */
export type Observable =
  | { readonly kind: 'address'; readonly network: Network }
  | { readonly kind: 'domain'; readonly name: string }
  | { readonly kind: 'hash'; readonly algorithm: HashAlgorithm; readonly hex: string };

/** Reads `192.0.2.7`, `192.0.2.0/24`, `example.com` or a hash in hex. Undefined for anything else. */
export function parseObservable(text: string): Observable | undefined {
  const network = parseAddress(text) ?? parseNetwork(text);
  if (network) return { kind: 'address', network };
  const hash = parseHash(text);
  if (hash) return hash;
  const name = domainName(text);
  return name === undefined ? undefined : { kind: 'domain', name };
}

function parseHash(text: string): Observable | undefined {
  if (!Object.hasOwn(algorithms, text.length) || !/^[0-9a-fA-F]+$/.test(text)) return undefined;
  const algorithm = algorithms[text.length as keyof typeof algorithms];
  return { kind: 'hash', algorithm, hex: text.toLowerCase() };
}

/** The spelling by which `parseObservable` reads it again. */
export function observableText(observable: Observable): string {
  switch (observable.kind) {
    case 'address': {
      const { network } = observable;
      const whole = network.bits === (network.family === 4 ? 32 : 128);
      return whole ? addressText(network) : `${addressText(network)}/${network.bits}`;
    }
    case 'domain':
      return observable.name;
    case 'hash':
      return observable.hex;
  }
}

/** The hashes of the files that a finding is about, where its source says any. */
export function hashesOf({ hashes = [] }: Pick<Finding, 'hashes'>): string[] {
  return hashes.flatMap(({ value }) => textOf(parseHash(value)));
}

/** An address or domain that a finding names. */
export function observableOf({ kind, id }: Pick<Entity, 'kind' | 'id'>): Observable | undefined {
  const observable = kind === 'address' || kind === 'domain' ? parseObservable(id) : undefined;
  return observable?.kind === kind ? observable : undefined;
}

/** Every address on the internet, domain and hash that stands by itself in a document, each once. */
export function observablesIn(document: unknown): string[] {
  const found = leaves(document).flatMap(({ value }) =>
    typeof value === 'string' && value.length <= 253 ? textOf(parseObservable(value)) : [],
  );
  return [...new Set(found)];
}

function textOf(observable: Observable | undefined): string[] {
  if (!observable || (observable.kind === 'address' && !isGlobal(observable.network))) return [];
  return [observableText(observable)];
}
