import { at, leaves, listAt, textAt } from '../../core/document.ts';
import { parseDomainName } from '../../core/domain-name.ts';
import type { Mention } from '../../core/mention.ts';

/**
 * The other side of what happened. Addresses were seen by AWS on the wire, and so was the name that a DNS request asked
 * for: Route 53 Resolver had to answer it. It is still whatever its owner chose to write. Every other domain is a claim.
 */
export function remotes(service: unknown): Mention[] {
  return [
    ...remoteAddresses(service).map(
      (id): Mention => ({ kind: 'address', id, part: 'actor', trust: 'asserted' }),
    ),
    ...claimedAddresses(service).map(
      (id): Mention => ({ kind: 'address', id, part: 'actor', trust: 'claimed' }),
    ),
    ...remoteDomains(service).map(
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
  const action = leaves(at(service, 'action'))
    .filter(({ path }) => path.includes('remoteIpDetails') && /^ipAddressV[46]$/.test(path.at(-1) ?? ''))
    .map(({ value }) => String(value));
  const endpoints = listAt(service, 'detection', 'sequence', 'endpoints').map((one) => textAt(one, 'ip'));
  return unique([...action, ...endpoints]);
}

/**
 * `sourceIPs` of a Kubernetes audit log: all but the last come from a header of the request, which its sender writes.
 * https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 */
function claimedAddresses(service: unknown): string[] {
  return unique(
    leaves(at(service, 'action'))
      .filter(({ path }) => path.some((key) => /^source[iI][pP]s$/.test(key)))
      .map(({ value }) => String(value)),
  );
}

function remoteDomains(service: unknown): string[] {
  const action = leaves(at(service, 'action'))
    .filter(({ path }) => /^domain(WithSuffix)?$/.test(path.at(-1) ?? ''))
    .map(({ value }) => String(value));
  const endpoints = listAt(service, 'detection', 'sequence', 'endpoints').map((one) => textAt(one, 'domain'));
  return unique([...action, ...endpoints]);
}

function unique(texts: Iterable<string | undefined>): string[] {
  return [...new Set(texts)].filter(
    (text): text is string => !!text && text !== 'null' && text.length <= 2048,
  );
}
