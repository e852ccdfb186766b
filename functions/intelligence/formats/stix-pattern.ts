import { type Observable, parseObservable } from '../../core/observable.ts';

/** `ipv4-addr:value = '192.0.2.7'`, `… ISSUBSET '192.0.2.0/24'`, `… IN ('a', 'b')`. */
const TEXT = String.raw`'(?:[^'\\]|\\.)*'`;
const COMPARISON = new RegExp(
  String.raw`^(ipv4-addr:value|ipv6-addr:value|domain-name:value|file:hashes\.(?:'[^']+'|"[^"]+"|[\w-]+))\s*(=|ISSUBSET|IN)\s*(${TEXT}|\(\s*${TEXT}(?:\s*,\s*${TEXT})*\s*\))$`,
);

/** What each object path of STIX may be compared with. */
const kinds = {
  'ipv4-addr': 'address',
  'ipv6-addr': 'address',
  'domain-name': 'domain',
  file: 'hash',
} as const;

/**
 * What a STIX pattern names, where any one of these things alone fulfils it: comparisons of addresses, domains and file
 * hashes with values, joined by OR. Undefined for every other pattern: to match half of `a AND b` would be wrong.
 * https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html#_e8slinrhxcc9
 */
export function observablesOfPattern(pattern: string): Observable[] | undefined {
  const observations = splitAtOr(pattern.trim());
  const comparisons = observations?.flatMap((one) => {
    const [, inner] = /^\[(.*)\]$/s.exec(one) ?? [];
    return (inner === undefined ? undefined : splitAtOr(inner.trim())) ?? [''];
  });
  const found = comparisons?.map(observablesOfComparison);
  return found?.every((some) => some !== undefined) ? found.flat() : undefined;
}

/** The sides of every OR outside of brackets and quotes. Undefined where something is not closed. */
function splitAtOr(text: string): string[] | undefined {
  const sides: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of text.matchAll(new RegExp(String.raw`${TEXT}|[[\]()]|\bOR\b|'`, 'g'))) {
    if (token === "'") return undefined;
    if (token === '[' || token === '(') depth += 1;
    else if (token === ']' || token === ')') depth -= 1;
    else if (token === 'OR' && depth === 0) {
      sides.push(text.slice(from, index).trim());
      from = index + token.length;
    }
    if (depth < 0) return undefined;
  }
  return depth === 0 ? [...sides, text.slice(from).trim()] : undefined;
}

function observablesOfComparison(text: string): Observable[] | undefined {
  const [, path = '', operator, values = ''] = COMPARISON.exec(text) ?? [];
  if (path === '') return undefined;
  const isList = values.startsWith('(');
  if (isList !== (operator === 'IN') || (operator === 'ISSUBSET' && !path.includes('-addr')))
    return undefined;
  const kind = kinds[path.split(':')[0] as keyof typeof kinds];
  const found = [...values.matchAll(new RegExp(TEXT, 'g'))].map(([quoted]) =>
    parseObservable(quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1')),
  );
  return found.every((one) => one?.kind === kind) ? found.filter((one) => one !== undefined) : undefined;
}
