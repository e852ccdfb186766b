/**
 * Mail programs and chat make links out of anything that looks like one, in text that we never meant to be clicked.
 * `hxxp` and bracketed dots are how responders write such names anyway. Plain addresses of IPv4 stay readable.
 */
export function unlinkable(text: string): string {
  return text
    .replace(/\b(h)tt(ps?):\/\//gi, '$1xx$2[:]//')
    .replace(/\b((?!hxx)[a-z][a-z0-9+.-]*):\/\//gi, '$1[:]//')
    .replace(/(?<=\S)@(?=\S)/g, '[@]')
    .replace(/(?<=[\p{L}\p{N}-])\.(?=[\p{L}\p{N}-]*\p{L})/gu, '[.]');
}
