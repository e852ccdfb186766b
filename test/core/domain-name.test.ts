import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWithin, parseDomainName } from '../../functions/core/domain-name.ts';

const LABEL = 'a'.repeat(63);

test.each([
  ['c2.example.net', 'c2.example.net'],
  ['C2.Example.NET.', 'c2.example.net'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['com', 'com'],
  ['0.pool.ntp.org', '0.pool.ntp.org'],
  [`${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(61)}`, `${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(61)}`],
])('%s is a name', (text, name) => {
  expect(parseDomainName(text)).toBe(name);
});

test.each([
  '',
  '.',
  '..',
  'a..example.net',
  '.example.net',
  'c2.example.net..',
  '*.example.net',
  '*',
  'bücher.example',
  '_dmarc.example.net',
  '-a.example.net',
  'a-.example.net',
  'c2.example.net/path',
  'c2 .example.net',
  'c2.example.net\n',
  '203.0.113.9',
  '2001:db8::1',
  `${LABEL}a.example.net`,
  `${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(62)}`,
])('%j is no name', (text) => {
  expect(parseDomainName(text)).toBeUndefined();
});

test('whatever is a name is one in its spelling, and no text makes another character of it', () => {
  void fc.assert(
    fc.property(
      fc.oneof(fc.domain(), fc.string(), fc.string({ unit: fc.constantFrom(...'aZ0-.*_ ü') })),
      (text) => {
        const name = parseDomainName(text);
        if (name === undefined) return;
        expect(name).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/);
        expect(parseDomainName(name)).toBe(name);
        expect(`${name}.`.startsWith(text.toLowerCase())).toBe(true);
      },
    ),
  );
});

test('a name is within a domain label by label', () => {
  expect(isWithin('example.net', 'example.net')).toBe(true);
  expect(isWithin('c2.example.net', 'example.net')).toBe(true);
  expect(isWithin('notexample.net', 'example.net')).toBe(false);
  expect(isWithin('example.net', 'c2.example.net')).toBe(false);
});
