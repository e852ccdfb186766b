import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { sha256 } from '../functions/core/canonical.ts';
import type { EntryNamed } from '../functions/core/entry.ts';
import { BundleManifest, type KeptFile, MANIFEST, SIGNATURE } from '../functions/core/evidence-bundle.ts';

/** A bundle as it was fetched: every file by its name, as bytes; one that is gone is absent. */
export type Fetched = ReadonlyMap<string, Uint8Array>;

type Preserved = EntryNamed<'evidence-preserved'>;

/** The names of everything that a bundle consists of. */
export function namesOf({ files }: Preserved): readonly string[] {
  return [...files.map(({ name }) => name), MANIFEST, SIGNATURE];
}

/** A DER SubjectPublicKeyInfo, as KMS answers it. */
export function publicKey(der: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
}

/**
 * Checks a bundle against the ledger's entry and the public key. Answers one line for each file that is wrong, which
 * begins with its name; none, and every byte is the one that was signed.
 */
export function verifyBundle(entry: Preserved, fetched: Fetched, key: KeyObject): string[] {
  const manifest = fetched.get(MANIFEST);
  return [
    ...manifestProblems(entry, manifest),
    ...signatureProblems(manifest, fetched.get(SIGNATURE), entry, key),
    ...entry.files.flatMap((file) => fileProblems(file, fetched.get(file.name))),
  ];
}

function manifestProblems(entry: Preserved, bytes: Uint8Array | undefined): string[] {
  if (!bytes) return [`${MANIFEST}: is not there`];
  const hash = sha256(bytes);
  if (hash !== entry.manifestSha256)
    return [`${MANIFEST}: has the SHA-256 ${hash}, and the ledger says ${entry.manifestSha256}`];
  const manifest = BundleManifest.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  if (!manifest.success) return [`${MANIFEST}: is no manifest of a bundle`];
  const listed = new Map(manifest.data.files.map((file) => [file.name, file.sha256]));
  const same = listed.size === entry.files.length && entry.files.every(isListed);
  return same ? [] : [`${MANIFEST}: lists other files than the ledger`];

  function isListed({ name, sha256: expected }: KeptFile): boolean {
    return listed.get(name) === expected;
  }
}

/** A changed manifest is named by its hash already: the signature is to blame only where the manifest is the one of the ledger. */
function signatureProblems(
  manifest: Uint8Array | undefined,
  signature: Uint8Array | undefined,
  { manifestSha256, signingKey }: Preserved,
  key: KeyObject,
): string[] {
  if (!signature) return [`${SIGNATURE}: is not there`];
  if (!manifest || sha256(manifest) !== manifestSha256) return [];
  if (verify('sha256', manifest, key, signature)) return [];
  return [`${SIGNATURE}: is no signature over ${MANIFEST} by ${signingKey}`];
}

function fileProblems(
  { name, bytes, sha256: expected }: KeptFile,
  content: Uint8Array | undefined,
): string[] {
  if (!content) return [`${name}: is not there`];
  if (content.length !== bytes) return [`${name}: has ${content.length} bytes instead of ${bytes}`];
  const hash = sha256(content);
  return hash === expected ? [] : [`${name}: has the SHA-256 ${hash} instead of ${expected}`];
}
