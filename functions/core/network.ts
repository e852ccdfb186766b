/** A range of addresses: an address and how many of its leading bits count. */
export interface Network {
  readonly family: 4 | 6;
  readonly bits: number;
  /** Its first address, as a number of 32 or 128 bits. */
  readonly first: bigint;
}

const WIDTH = { 4: 32n, 6: 128n } as const;

/** Reads `192.0.2.0/24` or `2001:db8::/32`. Undefined for anything else, bits beyond the prefix included. */
export function parseNetwork(text: string): Network | undefined {
  const [, address = '', prefix = ''] = /^([0-9a-fA-F.:]{2,39})\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const host = parseAddress(address);
  const bits = Number(prefix);
  if (!host || prefix === '' || bits > host.bits) return undefined;
  const network = { ...host, bits };
  return host.first % sizeOf(network) === 0n ? network : undefined;
}

/** Reads one address as the range that holds it alone. Undefined for what is no address. */
export function parseAddress(text: string): Network | undefined {
  if (text.includes(':')) {
    const first = parseIpv6(text);
    return first === undefined ? undefined : { family: 6, bits: 128, first };
  }
  const bytes = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1);
  if (!bytes?.every((byte) => byte === String(Number(byte)) && Number(byte) < 256)) return undefined;
  return { family: 4, bits: 32, first: number(bytes.map(Number), 8n) };
}

/** The first address of a range in its one spelling; that of IPv6 is RFC 5952's, which URLs keep as well. */
export function addressText({ family, first }: Network): string {
  if (family === 4) return parts(first, 4, 8n).join('.');
  const groups = parts(first, 8, 16n).map((group) => group.toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function parts(first: bigint, count: number, width: bigint): readonly number[] {
  const each = Array.from({ length: count }, (_, at) => first >> (width * BigInt(at)));
  return each.map((part) => Number(BigInt.asUintN(Number(width), part))).reverse();
}

/** RFC 4291, section 2.2, without the form that ends in an IPv4 address. */
function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [left = [], right = []] = halves;
  const missing = 8 - left.length - right.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return number(
    groups.map((group) => Number.parseInt(group, 16)),
    16n,
  );
}

function number(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((sum, part) => (sum << width) + BigInt(part), 0n);
}

/** Whether every address of the second range lies in the first. */
export function covers(outer: Network, inner: Network): boolean {
  return outer.family === inner.family && outer.bits <= inner.bits && overlaps(outer, inner);
}

export function overlaps(left: Network, right: Network): boolean {
  if (left.family !== right.family) return false;
  return left.first < right.first + sizeOf(right) && right.first < left.first + sizeOf(left);
}

function sizeOf({ family, bits }: Network): bigint {
  return 1n << (WIDTH[family] - BigInt(bits));
}

/** What no host on the internet has (https://www.iana.org/assignments/iana-ipv4-special-registry), as far as it is routed nowhere. */
const notGlobal = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
].flatMap((text) => parseNetwork(text) ?? []);

/** RFC 4291, section 2.4: all global unicast addresses that are given out so far. */
const globalIpv6: Network = { family: 6, bits: 3, first: 1n << 125n };

/** Whether a range lies on the internet: no part of it is private, local or reserved. */
export function isGlobal(network: Network): boolean {
  if (network.family === 6) return covers(globalIpv6, network);
  return !notGlobal.some((one) => overlaps(one, network));
}
