import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EntityKind, EntityPart, Trust } from '../../functions/core/entity.ts';
import { type Finding, Severity } from '../../functions/core/finding.ts';
import { isExpired, Suppression, speaksOf } from '../../functions/core/suppression.ts';
import { account, finding, thing } from '../response/world.ts';

const plain = {
  id: 'nightly-scanner',
  reason: 'our scanner probes at night',
  owner: 'platform@example.com',
  expires: '2026-12-31',
};
const scanner = { kind: 'address', in: '198.51.100.0/28' } as const;
const rule = (changes: object) => Suppression.parse({ ...plain, ...changes });
const low = (changes: Partial<Finding> = {}) => finding('f-1', { severity: 'Low', ...changes });
const caller = (id: string, changes = {}) => thing('address', id, { part: 'actor', ...changes });

describe('a suppression', () => {
  it.each([
    ['a type, exactly', { types: ['Backdoor:EC2/C&CActivity.B'] }, true],
    ['the beginning of a type', { types: ['Recon:*', 'Backdoor:EC2/*'] }, true],
    ['another type that begins with a named one', { types: ['Backdoor:EC2/C&C'] }, false],
    ['an account', { accounts: ['999999999999', account] }, true],
    ['another account', { accounts: ['999999999999'] }, false],
    ['another region', { accounts: [account], regions: ['us-east-1'] }, false],
  ])('speaks of %s: %j', (_, criteria, expected) => {
    expect(speaksOf(rule(criteria), low())).toBe(expected);
  });

  it('is for Medium at most, unless it says otherwise', () => {
    const severities = Severity.options.map((severity) =>
      speaksOf(rule({ types: ['Backdoor:*'] }), low({ severity })),
    );
    expect(severities).toEqual([true, true, true, false, false]);
    const entities = [{ kind: 'instance', id: 'i-1' }];
    const grave = rule({ accounts: [account], entities, severityUpTo: 'High' });
    expect(speaksOf(grave, finding())).toBe(true);
    expect(speaksOf(grave, finding('f-1', { severity: 'Critical' }))).toBe(false);
  });

  it('about a scanner does not hide who else called, or what else was called from', () => {
    const about = (...entities: Finding['entities']) =>
      speaksOf(rule({ entities: [scanner] }), low({ entities }));
    expect(about(thing('instance', 'i-1'), caller('198.51.100.7'))).toBe(true);
    expect(about(thing('instance', 'i-1'), caller('198.51.100.7'), caller('203.0.113.9'))).toBe(false);
    expect(about(thing('instance', 'i-1'), caller('198.51.100.16'))).toBe(false);
    expect(about(thing('instance', 'i-1'))).toBe(false);
    // The address that the instance itself has.
    expect(about(caller('198.51.100.7'), thing('address', '203.0.113.1', { part: 'related' }))).toBe(true);
  });

  it('about a name holds in the accounts that it names, and for no other of the kind', () => {
    const named = rule({ accounts: [account], entities: [{ kind: 'user', id: 'probe' }, scanner] });
    const about = (...entities: Finding['entities']) => speaksOf(named, low({ entities }));
    const call = caller('198.51.100.7');
    expect(about(thing('user', 'probe'), call)).toBe(true);
    expect(about(thing('user', 'probe'))).toBe(false);
    expect(about(thing('user', 'probe'), thing('user', 'eve'), call)).toBe(false);
    expect(about(thing('user', 'probe', { account: '999999999999' }), call)).toBe(false);
  });

  it('never speaks of a custom product’s finding, or of an entity that is only claimed', () => {
    const metadata = { source: 'securityhub', product: 'mine', aws_owned: false };
    expect(speaksOf(rule({ types: ['Backdoor:*'] }), low({ metadata }))).toBe(false);
    const entities = [caller('198.51.100.7', { trust: 'claimed' })];
    expect(speaksOf(rule({ entities: [scanner] }), low({ entities }))).toBe(false);
  });

  it('speaks of less with every entity that a finding has more', () => {
    const entity = fc.record({
      kind: fc.constantFrom(...EntityKind.options),
      id: fc.constantFrom('i-1', 'probe', '198.51.100.7', '203.0.113.9'),
      account: fc.constantFrom(account, '999999999999'),
      region: fc.constant('eu-central-1'),
      part: fc.constantFrom(...EntityPart.options),
      trust: fc.constantFrom(...Trust.options),
    });
    const named = rule({ accounts: [account], entities: [{ kind: 'user', id: 'probe' }, scanner] });
    const known = [thing('user', 'probe'), caller('198.51.100.7')];
    fc.assert(
      fc.property(fc.array(entity), entity, (some, one) => {
        const before = speaksOf(named, low({ entities: [...known, ...some] }));
        const after = speaksOf(named, low({ entities: [...known, ...some, one] }));
        expect(after && !before).toBe(false);
      }),
    );
  });

  it('holds through its last day', () => {
    expect(isExpired(plain, new Date('2026-12-31T23:59:59Z'))).toBe(false);
    expect(isExpired(plain, new Date('2027-01-01T00:00:00Z'))).toBe(true);
  });
});

describe('a rule that is no suppression', () => {
  it.each([
    ['nothing named', {}, 'would suppress everything'],
    ['nothing named but a window', { regions: ['eu-central-1'] }, 'would suppress everything'],
    ['every type', { types: ['*'] }, 'a * may stand only at its end'],
    ['half of the internet', { entities: [{ kind: 'address', in: '128.0.0.0/1' }] }, 'no wider than /16'],
    ['a name in any account', { entities: [{ kind: 'user', id: 'probe' }] }, 'say in which accounts'],
    [
      'a domain',
      { accounts: [account], entities: [{ kind: 'domain', id: 'a.example' }] },
      'whoever makes it',
    ],
    ['a tag that anybody sets', { tag: { key: 'team', value: 'red' } }, 'Invalid option'],
    [
      'High by a tag',
      { tag: { key: 'sallyport:suppress', value: 'x' }, severityUpTo: 'High', entities: [scanner] },
      'a tag never suppresses High',
    ],
    ['Critical by type', { types: ['Backdoor:*'], severityUpTo: 'Critical' }, 'only for entities'],
    ['no last day', { types: ['Backdoor:*'], expires: undefined }, 'expires'],
    ['a last day that never comes', { types: ['Backdoor:*'], expires: '2026-02-30' }, 'ISO date'],
    ['nobody who answers for it', { types: ['Backdoor:*'], owner: '' }, 'expected a mail address'],
    ['a key that nobody knows', { types: ['Backdoor:*'], severity: 'Low' }, 'severity'],
  ])('%s', (_, changes, message) => {
    const parsed = Suppression.safeParse({ ...plain, ...changes });
    expect(JSON.stringify(parsed.error?.issues)).toContain(message);
  });
});
