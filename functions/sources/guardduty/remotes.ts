import { at, type Document, type Leaf, leaves, listAt, textAt } from '../../core/document.ts';
import type { Mention } from '../../core/mention.ts';

/**
 * The other side of what happened. Addresses were seen by AWS on the wire. Domains were chosen by whoever registered
 * them, so they are claims.
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
      (id): Mention => ({ kind: 'domain', id, part: 'actor', trust: 'claimed' }),
    ),
  ];
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
