import { at, type Document, type Leaf, leaves, listAt, textAt } from '../../core/document.ts';
import { parseDomainName } from '../../core/domain-name.ts';
import type { Mention } from '../../core/mention.ts';

/**
 * The other side of what happened. Addresses were seen by AWS on the wire, and so was the name that a DNS request asked
 * for: Route 53 Resolver had to answer it. It is still whatever its owner chose to write. Every other domain is a claim.
 */
export function remotes(service: unknown): Mention[] {
  const action = leaves(at(service, 'action')).toArray();
  return [
    ...seenAddresses(service, action).map(
      (id): Mention => ({ kind: 'address', id, part: 'actor', trust: 'asserted' }),
    ),
    ...claimedAddresses(action).map(
      (id): Mention => ({ kind: 'address', id, part: 'actor', trust: 'claimed' }),
    ),
    ...remoteDomains(service, action).map(
      (id): Mention => ({
        kind: 'domain',
        id,
        part: 'actor',
        trust: id === requestedDomain(service) ? 'asserted' : 'claimed',
      }),
    ),
  ];
}

/**
 * A name, and no other text. Not `domainWithSuffix`: that is above it, and other people's names may be under it too.
 */
function requestedDomain(service: unknown): string | undefined {
  const domain = textAt(service, 'action', 'dnsRequestAction', 'domain');
  return domain !== undefined && parseDomainName(domain) !== undefined ? domain : undefined;
}

/** Every address under `remoteIpDetails`, or at a sequence's endpoints. */
export function remoteAddresses(service: unknown): string[] {
  return seenAddresses(service, leaves(at(service, 'action')).toArray());
}

function seenAddresses(service: unknown, action: readonly Leaf[]): string[] {
  const seen = action
    .filter(({ path }) => path.includes('remoteIpDetails') && /^ipAddressV[46]$/.test(path.at(-1) ?? ''))
    .map(({ value }) => String(value));
  return unique([...seen, ...endpointsOf(service).map((one) => textAt(one, 'ip'))]);
}

/**
 * `sourceIPs` of a Kubernetes audit log: all but the last come from a header of the request, which its sender writes.
 * https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 */
function claimedAddresses(action: readonly Leaf[]): string[] {
  const sources = action.filter(({ path }) => path.some((key) => key === 'sourceIPs' || key === 'sourceIps'));
  return unique(sources.map(({ value }) => String(value)));
}

function remoteDomains(service: unknown, action: readonly Leaf[]): string[] {
  const named = action
    .filter(({ path }) => path.at(-1) === 'domain' || path.at(-1) === 'domainWithSuffix')
    .map(({ value }) => String(value));
  return unique([...named, ...endpointsOf(service).map((one) => textAt(one, 'domain'))]);
}

function endpointsOf(service: unknown): Document[] {
  return listAt(service, 'detection', 'sequence', 'endpoints');
}

function unique(texts: Iterable<string | undefined>): string[] {
  return [...new Set(texts)].filter(
    (text): text is string => !!text && text !== 'null' && text.length <= 2048,
  );
}
