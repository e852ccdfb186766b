import { at, leaves, listAt } from '../../core/document.ts';
import { fileHashes } from '../../core/file-hash.ts';
import type { FileHash } from '../../core/finding.ts';
import type { GuardDutyDocument } from './document.ts';

/**
 * What GuardDuty hashed itself: scanned objects and files, running executables and modules, the processes of a
 * sequence. Texts that a caller passed hold hashes of his choice, and are left out.
 */
export function hashesOf({ service, resource }: GuardDutyDocument): FileHash[] {
  const objects = listAt(resource, 's3BucketDetails').flatMap((bucket) => listAt(bucket, 's3ObjectDetails'));
  const scanned = ['malwareScanDetails', 'ebsVolumeScanDetails', 'runtimeDetails', 'evidence'].map((group) =>
    at(service, group),
  );
  const actors = at(service, 'detection', 'sequence', 'actors');
  return fileHashes(
    [...objects.map(({ hash }) => ({ hash })), ...scanned, actors].flatMap((group) =>
      leaves(group)
        .filter(({ path }) => /^(hash|sha256|\w+Sha256)$/.test(path.at(-1) ?? ''))
        .map(({ value }) => value)
        .toArray(),
    ),
  );
}
