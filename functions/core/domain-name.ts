/** RFC 1035's lengths; underscores are in no host's name, but in names that are looked up. The last label is no number. */
const NAME = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** A domain's one spelling: lower case, in ASCII, without the root's dot. Undefined for what is no name of two labels. */
export function domainName(text: string): string | undefined {
  const name = ascii(text.toLowerCase().replace(/\.$/, ''));
  return NAME.test(name) ? name : undefined;
}

/** Names in other scripts are looked up in punycode (RFC 3492), which a URL's host is spelled in. */
function ascii(name: string): string {
  if (!/[^\0-\x7f]/.test(name) || name.length > 253) return name;
  const url = URL.parse(`http://${name}`);
  return url && url.pathname === '/' && url.search === '' && url.hash === '' ? url.hostname : '';
}
