import { type Document, listAt, textAt } from '../../core/document.ts';
import type { Trust } from '../../core/entity.ts';
import { fileHashes } from '../../core/file-hash.ts';
import type { FileHash } from '../../core/finding.ts';
import type { Mention } from '../../core/mention.ts';
import type { AsffDocument } from './document.ts';
import type { ServiceFields } from './fields.ts';

/** The other side, as `Action`, threat indicators and GuardDuty's product fields name it. */
export function remotes(document: AsffDocument, fields: ServiceFields, trust: Trust): Mention[] {
  return [
    ...addressesOf(document, fields).map((id): Mention => ({ kind: 'address', id, part: 'actor', trust })),
    ...domainsOf(document, fields).map(
      (id): Mention => ({ kind: 'domain', id, part: 'actor', trust: 'claimed' }),
    ),
  ];
}

/** Addresses that somebody saw on the wire; never those that a request's own header names. */
export function addressesOf(document: AsffDocument, fields: ServiceFields): string[] {
  const seen = [...fields.all].filter(([name]) => /remoteIpDetails\/ipAddressV[46]$/.test(name));
  const endpoints = listAt(document, 'detection', 'sequence', 'endpoints').map((one) => textAt(one, 'ip'));
  const { network } = document;
  return unique([
    ...seen.map(([, value]) => value),
    ...indicators(document, /^IPV[46]_ADDRESS$/),
    textAt(network, 'sourceIpV4'),
    textAt(network, 'sourceIpV6'),
    ...endpoints,
  ]);
}

function domainsOf(document: AsffDocument, fields: ServiceFields): string[] {
  const asked = [...fields.all].filter(([name]) => /^action\/.*domain(WithSuffix)?$/.test(name));
  const endpoints = listAt(document, 'detection', 'sequence', 'endpoints').map((one) =>
    textAt(one, 'domain'),
  );
  return unique([...asked.map(([, value]) => value), ...indicators(document, /^DOMAIN$/), ...endpoints]);
}

/** Hashes among the threat indicators, and of files in which malware was found. */
export function hashesOf(document: AsffDocument): FileHash[] {
  const files = listAt(document, 'threats').flatMap((threat) => listAt(threat, 'filePaths'));
  return fileHashes([...indicators(document, /^HASH_/), ...files.map(({ hash }) => hash)]);
}

function indicators(document: Document, type: RegExp): (string | undefined)[] {
  return listAt(document, 'threatIntelIndicators')
    .filter((indicator) => type.test(textAt(indicator, 'type') ?? ''))
    .map((indicator) => textAt(indicator, 'value'));
}

function unique(values: readonly unknown[]): string[] {
  return [...new Set(values)].filter(
    (value): value is string => typeof value === 'string' && value !== '' && value.length <= 2048,
  );
}
