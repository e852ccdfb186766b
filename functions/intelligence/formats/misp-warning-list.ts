import { isObject, textAt } from '../../core/document.ts';
import { parseObservable } from '../../core/observable.ts';
import { jsonOf } from './json.ts';
import type { Gap, Read, Reading } from './reading.ts';

/** `string` means the name itself; `hostname` its subdomains too (https://github.com/MISP/misp-warninglists). */
const known = ['cidr', 'string', 'hostname'];

/** A MISP warning list: what is commonly reported, and is no sign of an attack. */
export function readWarningList(text: string): Reading {
  const document = jsonOf(text);
  if (!isObject(document) || !Array.isArray(document.list))
    return { reads: [], gaps: [{ at: 'the file', reason: 'it is no MISP warning list in JSON' }] };
  const type = textAt(document, 'type') ?? '';
  const name = textAt(document, 'name');
  if (!known.includes(type))
    return { name, reads: [], gaps: [{ at: 'the file', reason: 'lists of its type are not looked up' }] };
  const reads: Read[] = [];
  const gaps: Gap[] = [];
  for (const [index, value] of document.list.entries()) {
    const observable = typeof value === 'string' ? parseObservable(value.replace(/^\./, '')) : undefined;
    if (observable) reads.push({ observable, exact: type === 'string' });
    else gaps.push({ at: `list.${index}`, reason: 'it is no address, range, domain or hash' });
  }
  return { name, reads, gaps };
}
