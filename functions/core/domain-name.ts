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

/** RFC 1035, section 2.3.4, in octets; a name that is written without the dot at its end has 253 of its 255. */
const LONGEST_NAME = 253;

/** Letters, digits and hyphens inside: what host names are made of (RFC 1123, section 2.1), and all that DNS Firewall takes. */
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * A host's domain name in its one spelling: small letters, no dot at its end. Undefined for anything else: a wildcard, an
 * address, a name in letters that DNS does not have, which its `xn--` form (RFC 5890) stands for.
 */
export function parseDomainName(text: string): string | undefined {
  const name = text.replace(/\.$/, '').toLowerCase();
  const labels = name.split('.');
  const isName = name.length <= LONGEST_NAME && labels.every((label) => LABEL.test(label));
  // No top-level domain is a number (RFC 3696, section 2), so that an address is no name.
  return isName && !/^\d+$/.test(labels.at(-1) ?? '') ? name : undefined;
}

/** Whether a name is the domain itself, or one below it. Both are in their one spelling. */
export function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
