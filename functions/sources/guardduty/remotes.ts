import { at, leaves, listAt, textAt } from '../../core/document.ts';
import type { Mention } from '../../core/mention.ts';

/**
 * The other side of what happened. Addresses were seen by AWS on the wire. Domains were chosen by whoever registered
 * them, so they are claims.
 */
export function remotes(service: unknown): Mention[] {
  return [
    ...remoteAddresses(service).map(
      (id): Mention => ({ kind: 'address', id, part: 'actor', trust: 'asserted' }),
    ),
    ...claimedAddresses(service).map(
      (id): Mention => ({ kind: 'address', id, part: 'actor', trust: 'claimed' }),
    ),
    ...remoteDomains(service).map((id): Mention => ({ kind: 'domain', id, part: 'actor', trust: 'claimed' })),
  ];
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
