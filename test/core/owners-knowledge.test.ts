import { describe, expect, it } from 'vitest';
import { OwnEnvironment } from '../../functions/core/own-environment.ts';
import {
  crownJewel,
  knownCaller,
  openChangeWindows,
  ownerOf,
} from '../../functions/core/owners-knowledge.ts';
import { ownersLines } from '../../functions/core/owners-words.ts';
import { ownedBy } from '../analyst/surroundings.ts';
import { account, finding, thing } from '../response/world.ts';

const bucket = thing('bucket', 'example-ledger', { arn: 'arn:aws:s3:::example-ledger' });
const tags = [{ Key: 'team', Value: 'payments' }];

describe('a crown jewel', () => {
  const because = 'the books';
  it.each([
    ['its ARN', { match: 'arn:aws:s3:::example-ledger', because }, because],
    ['its id, partly', { match: 'example-*', because }, because],
    ['a part of its id alone', { match: 'example', because }, undefined],
    ['its name in its account', { kind: 'bucket', id: 'example-ledger', account, because }, because],
    [
      'its name in another account',
      { kind: 'bucket', id: 'example-ledger', account: '999999999999', because },
      undefined,
    ],
    ['the name of another kind', { kind: 'role', id: 'example-ledger', account, because }, undefined],
    ['its tag', { tag: { key: 'team', value: 'payments' }, because }, because],
    ['another value of its tag', { tag: { key: 'team', value: 'shop' }, because }, undefined],
  ] as const)('is known by %s', (_, jewel, expected) => {
    expect(crownJewel(bucket, tags, ownedBy({ crownJewels: [jewel] }))).toBe(expected);
  });
});

describe('whom to ask', () => {
  const shop = { name: 'Shop', email: 'shop@example.com', accounts: [account] };
  const payments = { name: 'Payments', email: 'pay@example.com', tag: { key: 'team', value: 'payments' } };
  it('follows the tag before the account', () => {
    const environment = ownedBy({ owners: [shop, payments] });
    expect(ownerOf(bucket, tags, environment)?.name).toBe('Payments');
    expect(ownerOf(bucket, [], environment)?.name).toBe('Shop');
    expect(ownerOf({ account: '999999999999' }, [], environment)).toBeUndefined();
  });
});

describe('a known caller', () => {
  const environment = ownedBy({
    networks: ['198.51.100.0/24'],
    scanners: [{ network: '198.51.100.0/28', note: 'nightly' }],
    ciRoles: [{ match: 'arn:aws:iam::*:role/ci-*', note: 'builds' }],
  });
  const address = (id: string, changes = {}) => thing('address', id, { part: 'actor', ...changes });
  it.each([
    ['a scanner', address('198.51.100.7'), 'own scanner'],
    ['its network', address('198.51.100.77'), 'own network'],
    ['a stranger', address('203.0.113.1'), undefined],
    ['an address that is only claimed', address('198.51.100.7', { trust: 'claimed' }), undefined],
    ['a CI role', thing('role', 'ci-deploy', { arn: `arn:aws:iam::${account}:role/ci-deploy` }), 'CI role'],
    ['a role by a name alone', thing('role', 'ci-deploy'), undefined],
    ['an instance that is called like it', thing('instance', 'arn:aws:iam::1:role/ci-deploy'), undefined],
  ])('%s', (_, entity, expected) => {
    expect(knownCaller(entity, environment)?.is).toBe(expected);
  });
});

describe('a change window', () => {
  const window = { days: ['Sat' as const], from: '10:00', to: '12:00', zone: 'UTC' };
  const environment = ownedBy({
    changeWindows: [
      { id: 'everywhere', window },
      { id: 'here', accounts: [account], window },
      { id: 'elsewhere', accounts: ['999999999999'], window },
    ],
  });
  it('is open by the time of the finding, in the accounts that it names', () => {
    expect(openChangeWindows(finding(), environment)).toEqual(['everywhere', 'here']);
    const later = finding('f-1', { modified: '2026-11-21T12:00:00.000Z' });
    expect(openChangeWindows(later, environment)).toEqual([]);
  });
});

describe('an environment that does not hold together', () => {
  it.each([
    ['a jewel without a reason', { crownJewels: [{ match: 'example-*' }] }, 'because'],
    [
      'an owner of nothing',
      { owners: [{ name: 'Shop', email: 'shop@example.com' }] },
      'expected accounts, or a tag',
    ],
    [
      'a network that is none',
      { scanners: [{ network: '198.51.100.7', note: 'nightly' }] },
      'a range such as',
    ],
    [
      'a window without a zone',
      { changeWindows: [{ id: 'a', window: { days: ['Sat'], from: '10:00', to: '12:00' } }] },
      'window',
    ],
    ['an unknown key', { ciRole: [] }, 'ciRole'],
  ])('is refused: %s', (_, changes, message) => {
    const parsed = OwnEnvironment.safeParse({ networks: [], logBucket: null, ...changes });
    expect(JSON.stringify(parsed.error?.issues)).toContain(message);
  });
});

it('what the owner knows is said in a line each', () => {
  expect(
    ownersLines({
      owners: [{ of: 'account 1', name: 'Shop', email: 'shop@example.com' }],
      crownJewels: [{ id: 'orders', because: 'every order' }],
      changeWindows: ['weekly-release'],
      callers: [{ kind: 'address', id: '198.51.100.7', is: 'own scanner', note: 'nightly' }],
    }).map(({ label, value }) => `${label}: ${value}`),
  ).toEqual([
    'Ask: Shop, shop@example.com, about account 1',
    'Crown jewel: orders: every order',
    'Known caller: address 198.51.100.7: own scanner (nightly)',
    'Change window: the finding was written in weekly-release',
  ]);
  expect(ownersLines(undefined)).toEqual([]);
});
