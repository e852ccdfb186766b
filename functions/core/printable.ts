/**
 * Characters that change what a reader sees without being seen: controls (ANSI among them), bidi and zero-width
 * formatting, line and paragraph separators, lone surrogates, private, unassigned and default-ignorable code points
 * (fillers, variation selectors), the blank Braille cell, spaces other than the common one. The brackets that mark
 * them are marked themselves, so that nobody can forge a mark. Sources: Unicode UAX #44, UTS #39 section 3.1.
 */
const invisible =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u{2800}⟨⟩]|(?! )\p{Zs}/gu;
/** More than two marks on one letter are a smear over the lines around it, not a word of any language. */
const smear = /(?<=\p{M}{2})\p{M}/gu;

const LONGEST = 300;

/**
 * Text that an attacker may have written, made safe to show on a terminal, in a mail or on a page: what would be
 * invisible is spelled out as `⟨U+202E⟩`, and what is too long is cut with a note of how much was left out. Escaping
 * for HTML or Slack is the renderer's part.
 */
export function printable(text: string, longest: number = LONGEST): string {
  const points = [...text];
  const kept = points.slice(0, longest).join('').replace(invisible, spelledOut).replace(smear, spelledOut);
  const left = points.length - longest;
  return left > 0 ? `${kept}… (${left} more characters)` : kept;
}

function spelledOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
