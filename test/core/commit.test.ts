import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, digest, sha256 } from '../../functions/core/canonical.ts';
import {
  type Commit,
  chainOf as chainName,
  openCommit,
  seal,
  verifyChain,
} from '../../functions/core/commit.ts';
import { LedgerCorruptError } from '../../functions/core/errors.ts';
import { approved, chainOf, INCIDENT, intent, planned, received } from './entries.ts';

const chain = chainOf('fact', [
  { entries: [received('a')] },
  { entries: [received('b'), planned()] },
  { entries: [received('c')] },
]);

function itemOf(commits: readonly Commit[]): string {
  try {
    verifyChain('fact', commits);
    return 'whole';
  } catch (error) {
    if (error instanceof LedgerCorruptError) return error.item;
    throw error;
  }
}

describe('a chain of commits', () => {
  test('that is whole verifies, also from a checkpoint in its middle', () => {
    expect(itemOf(chain)).toBe('whole');
    const [first, ...rest] = chain;
    expect(verifyChain('fact', rest, { sequence: 1, hash: first?.hash ?? '' })).toHaveLength(2);
  });

  test('any changed byte of a stored commit is found, and the item named', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...chain),
        fc.nat(),
        fc.constantFrom('0', 'x', 'ä', '1', ' '),
        ({ text, hash }, where, byte) => {
          const at = where % text.length;
          fc.pre(text[at] !== byte);
          const changed = text.slice(0, at) + byte + text.slice(at + 1);
          expect(() => openCommit('P/1', changed, hash)).toThrow('P/1: its content does not match its hash');
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('what was sealed opens as it was, and what is no commit is refused however well it is hashed', () => {
    for (const commit of chain) expect(openCommit('P/1', commit.text, commit.hash)).toEqual(commit);
    for (const text of ['', '{', '{}', 'null', '{"partition":"system"}'])
      expect(() => openCommit('P/1', text, sha256(text))).toThrow(LedgerCorruptError);
  });

  test('the text of a commit is canonical, so that anybody gets the same hash of what it says', () => {
    for (const { text } of chain) expect(canonicalJson(JSON.parse(text))).toBe(text);
  });

  test.each([
    ['its first commit is gone', chain.slice(1), `${INCIDENT}#fact/2`],
    ['one in the middle is gone', chain.toSpliced(1, 1), `${INCIDENT}#fact/3`],
    ['two have changed places', [chain[1], chain[0], chain[2]] as Commit[], `${INCIDENT}#fact/2`],
    ['one stands twice', [chain[0], chain[0], chain[1]] as Commit[], `${INCIDENT}#fact/1`],
  ])('is refused when %s', (_, commits, item) => {
    expect(itemOf(commits)).toBe(item);
  });

  test('an entry in a chain that it does not belong to is refused, however well it is sealed', () => {
    const forged = chainOf('fact', [{ entries: [approved as never] }]);
    expect(itemOf(forged)).toBe(`${INCIDENT}#fact/1`);
    expect(() => verifyChain('effect', chainOf('effect', [{ entries: [intent] }]))).not.toThrow();
    expect(() => verifyChain('decision', chainOf('effect', [{ entries: [intent] }]))).toThrow(
      'does not belong to a decision chain',
    );
  });

  test('entries that lie with the bodies are checked against the hash that points to them', () => {
    const text = JSON.stringify([received('a')]);
    const [inline] = chainOf('fact', [{ entries: [received('a')] }]);
    if (!inline) throw new Error('no commit');
    const { hash: _hash, text: _text, ...content } = inline;
    const body = sha256(text);
    const commits = [seal({ ...content, entries: { body } })];
    const verify = (bodies: ReadonlyMap<string, string>) => verifyChain('fact', commits, undefined, bodies);
    expect(verify(new Map([[body, text]]))[0]?.entries).toEqual([received('a')]);
    expect(() => verify(new Map())).toThrow('is missing');
    expect(() => verify(new Map([[body, `${text} `]]))).toThrow('was changed');
  });

  test('a partition names its chain', () => {
    expect(chainName(`${INCIDENT}#effect`)).toBe('effect');
    expect(chainName('intake#2026-11-21#3')).toBe('intake');
    expect(chainName('system')).toBe('system');
    for (const partition of ['', 'other', INCIDENT, `${INCIDENT}#`, `${INCIDENT}#toString`])
      expect(() => chainName(partition)).toThrow(LedgerCorruptError);
  });
});

describe('canonical JSON', () => {
  test('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const shuffled = Object.fromEntries(Object.entries(object).toReversed());
        expect(digest(shuffled)).toBe(digest(object));
      }),
    );
  });

  test('survives a journey through JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => digest(JSON.parse(JSON.stringify(value))) === digest(value)),
    );
  });

  test('differs where values differ', () => {
    expect(new Set([{ a: 1 }, { a: '1' }, { a: null }, {}, [], { a: [1] }].map(digest)).size).toBe(6);
  });

  test('is the example of RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test.each([[Number.NaN], [undefined], [1n], ['\ud800']])('%s has none', (value) => {
    expect(() => canonicalJson(value)).toThrow();
  });
});
