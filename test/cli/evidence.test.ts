import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fetched, namesOf, publicKey, verifyBundle } from '../../cli/evidence.ts';
import { canonicalJson, sha256 } from '../../functions/core/canonical.ts';
import type { EntryNamed } from '../../functions/core/entry.ts';
import type { BundleManifest } from '../../functions/core/evidence-bundle.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const key = publicKey(pair.publicKey.export({ type: 'spki', format: 'der' }));
const contents = { 'e1-instance.json': '{"InstanceId":"i-1"}', 'ledger.json': '{"generation":1}' };
const kept = Object.entries(contents).map(([name, text]) => ({
  name,
  bytes: text.length,
  sha256: sha256(text),
}));

function bundle(): { entry: EntryNamed<'evidence-preserved'>; files: Map<string, Uint8Array> } {
  const common = {
    generation: 1,
    occasion: 'before-change',
    plan: 'a'.repeat(64),
    custodian: 'arn:aws:iam::111122223333:role/collect',
    unavailable: [],
  } as const;
  const takenAt = '2026-11-21T12:00:00.000Z';
  const listed = kept.map((file) => ({ ...file, source: [], takenAt, redacted: 0, truncated: false }));
  const manifest: BundleManifest = {
    version: 1,
    incident: 'INC-1',
    ...common,
    unavailable: [],
    files: listed,
  };
  const text = canonicalJson(manifest);
  const files = new Map<string, Uint8Array>(
    Object.entries(contents).map(([name, content]) => [name, Buffer.from(content)]),
  );
  files.set('manifest.json', Buffer.from(text));
  files.set('manifest.sig', sign('sha256', Buffer.from(text), pair.privateKey));
  const entry = {
    type: 'evidence-preserved',
    ...common,
    unavailable: [],
    bundle: 's3://vault/evidence/INC-1/x',
    manifestSha256: sha256(text),
    signingKey: 'arn:aws:kms:eu-central-1:111122223333:key/1',
    signingAlgorithm: 'ECDSA_SHA_256',
    files: kept,
  } as const;
  return { entry: { ...entry, unavailable: [], files: kept }, files };
}

const { entry, files } = bundle();

/** The bundle with one bit of one of its files turned over. */
function flipped(name: string, at: number, bit: number): Fetched {
  const bytes = Buffer.from(files.get(name) ?? []);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  return new Map(files).set(name, bytes);
}

describe('a bundle', () => {
  it('that is whole has nothing wrong', () => {
    expect(verifyBundle(entry, files, key)).toEqual([]);
  });

  it.each(namesOf(entry))('is found wrong by any one bit of %s, and that file alone is named', (name) => {
    const length = files.get(name)?.length ?? 0;
    fc.assert(
      fc.property(fc.nat(length - 1), fc.nat(7), (at, bit) => {
        expect(verifyBundle(entry, flipped(name, at, bit), key)).toEqual([
          expect.stringMatching(new RegExp(`^${name}: `)),
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it.each(namesOf(entry))('is found wrong without %s', (name) => {
    const fewer = new Map(files);
    fewer.delete(name);
    expect(verifyBundle(entry, fewer, key)).toEqual([`${name}: is not there`]);
  });

  it('is found wrong where the manifest was signed with another key', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const text = files.get('manifest.json') ?? Buffer.of();
    const forged = new Map(files).set('manifest.sig', sign('sha256', text, other.privateKey));
    expect(verifyBundle(entry, forged, key)).toEqual([expect.stringMatching(/^manifest\.sig: /)]);
  });

  it('is found wrong where the ledger names a file with another hash than the manifest', () => {
    const lying = { ...entry, files: kept.map((file) => ({ ...file, sha256: 'b'.repeat(64) })) };
    expect(verifyBundle(lying, files, key)).toContain('manifest.json: lists other files than the ledger');
  });
});
