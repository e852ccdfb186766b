import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addressText, covers, isGlobal, parseAddress, parseNetwork } from '../../functions/core/network.ts';

function network(text: string) {
  const parsed = parseNetwork(text);
  if (!parsed) throw new Error(`${text} is no network`);
  return parsed;
}

test.each([
  '198.51.100.0/24',
  '0.0.0.0/0',
  '203.0.113.7/32',
  '::/0',
  '2001:db8::/32',
  '2001:DB8:0:0:1:0:0:1/128',
])('%s is a network', (text) => {
  expect(parseNetwork(text)).toBeDefined();
});

test.each([
  '198.51.100.7/24',
  '198.51.100.0',
  '198.51.100.0/33',
  '198.51.100.0/024',
  '198.51.100/24',
  '198.051.100.0/24',
  '256.0.0.0/8',
  '198.51.100.0/24 ',
  '2001:db8::1/32',
  '2001:db8::/129',
  '2001:db8:::/32',
  '2001::db8::/32',
  '1:2:3:4:5:6:7/64',
  '1:2:3:4:5:6:7:8::/128',
  '12345::/16',
  '::ffff:198.51.100.0/120',
  '',
  '/',
  'any',
])('%j is none', (text) => {
  expect(parseNetwork(text)).toBeUndefined();
});

describe('an address', () => {
  it('is itself, in whatever spelling', () => {
    expect(parseAddress('2001:db8::1')).toEqual(parseAddress('2001:0DB8:0:0:0:0:0:1'));
    expect(parseAddress('192.0.2.1')).toEqual({ family: 4, bits: 32, first: 3221225985n });
    expect(parseAddress('::')?.first).toBe(0n);
    expect(parseAddress('ec2.amazonaws.com')).toBeUndefined();
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:0DB8:0000:0000:0001:0:0:0001', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:db8:0:0:0:0:0:0', '2001:db8::'],
  ])('%s is spelled %s', (text, spelling) => {
    expect(addressText(network(`${text}/${text.includes(':') ? 128 : 32}`))).toBe(spelling);
  });

  it('is read back from its spelling', () => {
    const addresses = fc.oneof(
      fc.bigInt(0n, 2n ** 32n - 1n).map((first) => ({ family: 4, bits: 32, first }) as const),
      fc.bigInt(0n, 2n ** 128n - 1n).map((first) => ({ family: 6, bits: 128, first }) as const),
    );
    const property = fc.property(addresses, (one) => {
      expect(parseAddress(addressText(one))).toEqual(one);
    });
    void fc.assert(property);
  });
});

test.each([
  ['198.51.100.0/24', '198.51.100.255/32', true],
  ['198.51.100.0/24', '198.51.101.0/32', false],
  ['198.51.100.0/25', '198.51.100.0/24', false],
  ['0.0.0.0/0', '203.0.113.7/32', true],
  ['::/0', '203.0.113.7/32', false],
  ['2001:db8::/32', '2001:db8:ffff::/48', true],
  ['2001:db8::/32', '2001:db9::/48', false],
])('%s covers %s: %s', (outer, inner, expected) => {
  expect(covers(network(outer), network(inner))).toBe(expected);
});

test.each([
  ['203.0.113.7/32', true],
  ['8.0.0.0/8', true],
  ['10.1.2.3/32', false],
  ['8.0.0.0/5', false],
  ['172.31.0.0/16', false],
  ['172.32.0.0/16', true],
  ['100.64.0.1/32', false],
  ['169.254.169.254/32', false],
  ['239.1.1.1/32', false],
  ['255.255.255.255/32', false],
  ['2001:db8::/32', true],
  ['fd00::/8', false],
  ['fe80::1/128', false],
  ['::/0', false],
])('%s lies on the internet: %s', (text, expected) => {
  expect(isGlobal(network(text))).toBe(expected);
});
