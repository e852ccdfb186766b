import { parseObservable } from '../../core/observable.ts';
import { type Gap, type Read, type Reading, refanged } from './reading.ts';

/** One address, range, domain or hash a line; what follows a `#`, a `;` or blanks is a comment. */
export function readList(text: string): Reading {
  const reads: Read[] = [];
  const gaps: Gap[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [value = ''] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    if (value === '') continue;
    const observable = parseObservable(refanged(value));
    if (observable) reads.push({ observable });
    else gaps.push({ at: `line ${index + 1}`, reason: 'it is no address, range, domain or hash' });
  }
  return { reads, gaps };
}
