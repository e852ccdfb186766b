import * as z from 'zod';
import { EntityKind } from './entity.ts';
import { Occasion } from './exhibit.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Ours, never a resource's: a bundle is written to disks by these names. */
const FileName = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*\.json$/);

/** What could not be kept, and why, in words. */
export const Unavailable = z.strictObject({ name: FileName, reason: z.string().max(600) });
export type Unavailable = z.infer<typeof Unavailable>;

/** A file as the ledger names it; `bytes` is its length in UTF-8. */
export const KeptFile = z.strictObject({
  name: FileName,
  bytes: z.number().int().nonnegative(),
  sha256: Sha256,
});
export type KeptFile = z.infer<typeof KeptFile>;

/** A file as the manifest lists it: of what, by which calls, when. */
const ManifestFile = z.strictObject({
  ...KeptFile.shape,
  /** Absent for what is ours: the state of the ledger. */
  about: z
    .strictObject({ handle: z.string(), kind: EntityKind, id: z.string(), account: z.string() })
    .exactOptional(),
  source: z.array(z.string()),
  takenAt: z.iso.datetime(),
  /** Values that were taken out because they may be secrets. */
  redacted: z.number().int().nonnegative(),
  truncated: z.boolean(),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

/** `manifest.json` of a bundle: what the signature is over, as RFC 8785 JSON. */
export const BundleManifest = z.strictObject({
  version: z.literal(1),
  incident: z.string(),
  generation: z.number().int().positive(),
  occasion: Occasion,
  /** The plan before or after whose changes this was kept. */
  plan: Sha256,
  /** The role that wrote and signed it; each account was read through its role for evidence, which that one alone takes. */
  custodian: z.string(),
  files: z.array(ManifestFile),
  unavailable: z.array(Unavailable),
});
export type BundleManifest = z.infer<typeof BundleManifest>;

export const MANIFEST = 'manifest.json';
/** The DER bytes of the signature, as openssl takes them. */
export const SIGNATURE = 'manifest.sig';
export const SIGNING_ALGORITHM = 'ECDSA_SHA_256';

/** Where a bundle lies: under its manifest's hash, so that no two attempts write the same name. */
export function bundlePrefix(incident: string, manifestSha256: string): string {
  return `evidence/${incident}/${manifestSha256}`;
}
