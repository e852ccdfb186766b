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
