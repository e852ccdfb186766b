import type { Observable } from '../../core/observable.ts';

/** One thing that a file names, with what the file says of it. */
export interface Read {
  readonly observable: Observable;
  readonly firstSeen?: Date | undefined;
  readonly lastSeen?: Date | undefined;
  readonly validUntil?: Date | undefined;
  /** From 0 to 100. */
  readonly confidence?: number | undefined;
  /** Of a domain: its subdomains are not meant. */
  readonly exact?: boolean;
}

/** What was not understood, and where: a line, or an object's id. Both may be anybody's text. */
export interface Gap {
  readonly at: string;
  readonly reason: string;
}

/** What a file says. Nothing of it is lost in silence: what names nothing that can be looked up is a gap. */
export interface Reading {
  /** What the list calls itself; absent where the format has no name. */
  readonly name?: string | undefined;
  readonly reads: readonly Read[];
  readonly gaps: readonly Gap[];
}

/** A text in a feed as a date. Undefined where it is none: it then counts as not said. */
export function dateOf(text: unknown): Date | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A number from 0 to 100, where it is one. */
export function confidenceOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !(number >= 0 && number <= 100)) return undefined;
  return Math.round(number);
}

/** Feeds spell what must not be clicked as `evil[.]example`. */
export function refanged(text: string): string {
  return text.trim().replaceAll('[.]', '.').replaceAll('(.)', '.').replaceAll('[:]', ':');
}
