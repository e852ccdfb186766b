import { mentionsOfCredentials } from '../../core/credentials.ts';
import { at, leaves, listAt, textAt } from '../../core/document.ts';
import type { Trust } from '../../core/entity.ts';
import { fileHashes } from '../../core/file-hash.ts';
import type { FileHash } from '../../core/finding.ts';
import { type Mention, mentionOfArn, type Place } from '../../core/mention.ts';
import { kindOfResourceType } from '../../core/resource-type.ts';
import type { OcsfDocument } from './document.ts';

/** The other side of what happened, who acted, and what a call named: https://schema.ocsf.io/objects/evidences. */
export function mentionsOfEvidences(document: OcsfDocument, place: Place, trust: Trust): Mention[] {
  const mentions = [
    ...listAt(document, 'evidences').flatMap((evidence) => mentionsOfActor(at(evidence, 'actor'), place)),
    ...mentionsOfActor(at(document, 'actor'), place),
    ...remoteAddresses(document).map((id): Mention => ({ kind: 'address', id, part: 'actor', trust })),
    ...remoteDomains(document).map(
      (id): Mention => ({ kind: 'domain', id, part: 'actor', trust: 'claimed' }),
    ),
    ...listAt(document, 'evidences').flatMap(mentionsOfAffected),
  ];
  return trust === 'claimed' ? mentions.map((one) => ({ ...one, trust })) : mentions;
}

function mentionsOfActor(actor: unknown, place: Place): Mention[] {
  const user = at(actor, 'user');
  return mentionsOfCredentials(
    {
      userType: textAt(user, 'type'),
      userName: textAt(user, 'name'),
      accessKeyId: textAt(user, 'credential_uid'),
    },
    'actor',
    place,
  );
}

/** Parameters of a call: whoever made it wrote them. */
function mentionsOfAffected(evidence: unknown): Mention[] {
  return leaves(at(evidence, 'data', 'affected_resource'))
    .filter(({ path, value }) => path.length > 0 && typeof value === 'string' && value !== '')
    .map(
      ({ path, value }): Mention =>
        mentionOfArn(String(value), 'related', 'claimed') ?? {
          kind: kindOfResourceType(path[0] ?? ''),
          id: String(value).slice(0, 2048),
          part: 'related',
          trust: 'claimed',
        },
    )
    .toArray();
}

/** Endpoints of no instance or interface of ours: which of the two sides is the other one, OCSF leaves open. */
function remoteEndpoints(document: OcsfDocument): unknown[] {
  return listAt(document, 'evidences')
    .flatMap((evidence) => [...listAt(evidence, 'src_endpoint'), ...listAt(evidence, 'dst_endpoint')])
    .filter((endpoint) => !textAt(endpoint, 'instance_uid') && !textAt(endpoint, 'interface_uid'));
}

/** The addresses that evidence names as seen. */
export function remoteAddresses(document: OcsfDocument): string[] {
  return unique(remoteEndpoints(document).map((endpoint) => textAt(endpoint, 'ip')));
}

function remoteDomains(document: OcsfDocument): string[] {
  const endpoints = remoteEndpoints(document).flatMap((one) => [
    textAt(one, 'domain'),
    textAt(one, 'hostname'),
  ]);
  const queries = listAt(document, 'evidences').map((one) => textAt(one, 'query', 'hostname'));
  return unique([...endpoints, ...queries]);
}

/** `hashes` and `fingerprints` of files and processes, wherever they stand in evidence and malware. */
export function hashesOf(document: OcsfDocument): FileHash[] {
  return fileHashes(
    [at(document, 'evidences'), at(document, 'malware')].flatMap((group) =>
      leaves(group)
        .filter(
          ({ path }) =>
            path.at(-1) === 'value' && path.some((key) => /^(hash|fingerprint)(es|s)?$/.test(key)),
        )
        .map(({ value }) => value)
        .toArray(),
    ),
  );
}

function unique(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts)].filter((text): text is string => !!text && text.length <= 2048);
}
