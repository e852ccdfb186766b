import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../functions/core/printable.ts';

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/u;

describe('printable text', () => {
  it.each([
    ['a right-to-left override', 'exe\u202egpj', 'exe⟨U+202E⟩gpj'],
    ['an isolate', '\u2066x\u2069', '⟨U+2066⟩x⟨U+2069⟩'],
    ['a zero-width space', 'ad\u200bmin', 'ad⟨U+200B⟩min'],
    ['a byte-order mark', '\ufeffx', '⟨U+FEFF⟩x'],
    ['an ANSI colour', '\u001b[31mred', '⟨U+001B⟩[31mred'],
    ['a C1 control', '\u009b31m', '⟨U+009B⟩31m'],
    ['a line break', 'a\r\nb', 'a⟨U+000D⟩⟨U+000A⟩b'],
    ['a line separator', 'a\u2028b', 'a⟨U+2028⟩b'],
    ['a hidden tag letter', 'a\u{e0041}', 'a⟨U+E0041⟩'],
    ['a filler that looks like nothing', 'a\u3164b', 'a⟨U+3164⟩b'],
    ['a blank Braille cell', 'a\u2800b', 'a⟨U+2800⟩b'],
    ['a space that does not break', 'a\u00a0b', 'a⟨U+00A0⟩b'],
    ['half a surrogate pair', 'a\ud800', 'a⟨U+D800⟩'],
    ['a forged mark', '⟨U+202E⟩', '⟨U+27E8⟩U+202E⟨U+27E9⟩'],
    ['a pile of accents', 'z\u0301\u0302\u0303\u0304', 'z\u0301\u0302⟨U+0303⟩⟨U+0304⟩'],
  ])('spells out %s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('leaves ordinary words of any script alone', () => {
    for (const word of ['isolate-instance', 'Größe', '安全', 'عربي', 'हिन्दी', 'a b', 'x'.repeat(300)])
      expect(printable(word)).toBe(word);
  });

  it('says how much was left out', () => {
    expect(printable('x'.repeat(310))).toBe(`${'x'.repeat(300)}… (10 more characters)`);
  });

  it('never lets through what cannot be seen, and is never much longer than its bound', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 500 }),
        fc.integer({ min: 1, max: 400 }),
        (text, longest) => {
          const shown = printable(text, longest);
          expect(shown).not.toMatch(unseen);
          expect([...shown].length).toBeLessThanOrEqual(longest * 10 + 40);
        },
      ),
    );
  });

  it('changes nothing in printable ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 300 }), (text) => {
        expect(printable(text)).toBe(text);
      }),
    );
  });
});
