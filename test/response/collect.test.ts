import { createVerify, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../functions/core/canonical.ts';
import { TargetNotFoundError } from '../../functions/core/errors.ts';
import { BundleManifest, SIGNING_ALGORITHM } from '../../functions/core/evidence-bundle.ts';
import type { Exhibit, Occasion } from '../../functions/core/exhibit.ts';
import { type CollectParts, collect, giveUp } from '../../functions/response/collect.ts';
import type { Patience } from '../../functions/response/exhibit-files.ts';
import { entries, finding, INCIDENT, propose, thing, things, World } from './world.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

const exhibit = (id: string, changes: Partial<Exhibit> = {}): Exhibit => ({
  id,
  title: id,
  targets: ['instance'],
  occasions: ['before-change', 'after-change'],
  reads: [],
  permissions: [],
  collect: ({ id: of }) => Promise.resolve({ content: { of, password: 'hunter2' }, truncated: false }),
  ...changes,
});

/** What was put, in order, by its key. */
class Vault {
  readonly files = new Map<string, Buffer>();
  broken: Error | undefined;
  uriOf = (prefix: string) => `s3://vault/${prefix}`;
  put = (key: string, content: string | Uint8Array): Promise<void> => {
    if (this.broken) return Promise.reject(this.broken);
    this.files.set(key, Buffer.from(content));
    return Promise.resolve();
  };
  text(name: string): string {
    const [, bytes] = [...this.files].find(([key]) => key.endsWith(`/${name}`)) ?? [];
    if (!bytes) throw new Error(`there is no ${name}`);
    return bytes.toString('utf8');
  }
}

const patient: Patience = (work) => work;

async function planned(changes: Parameters<typeof finding>[1] = {}): Promise<World> {
  const world = new World();
  await world.investigated([propose('isolate', 'e4')], finding('f-1', changes));
  await world.plan();
  return world;
}

function partsOf(world: World, vault: Vault, exhibits: readonly Exhibit[], patience = patient): CollectParts {
  return {
    ledger: world.ledger,
    exhibits,
    accountOf: () => ({ id: '111122223333', region: 'eu-central-1' }) as never,
    vault,
    signer: {
      key: 'arn:aws:kms:eu-central-1:111122223333:key/1',
      sign: (text) => Promise.resolve(sign('sha256', Buffer.from(text), privateKey)),
    },
    custodian: 'arn:aws:iam::111122223333:role/sallyport/sallyport-collect',
    patience,
    clock: () => world.now,
  };
}

const before: Occasion = 'before-change';
const preserved = async (world: World) => entries(await world.read(), 'evidence-preserved');

describe('evidence', () => {
  it('is kept with hash, source and time of each file, and signed by its manifest', async () => {
    const world = await planned();
    const vault = new Vault();
    await collect(INCIDENT, before, partsOf(world, vault, [exhibit('instance')]));
    const [entry] = await preserved(world);
    const manifest = BundleManifest.parse(JSON.parse(vault.text('manifest.json')));
    expect(manifest.files).toMatchObject([
      { name: 'e4-instance.json', about: { handle: 'e4', id: 'i-1' }, redacted: 1, truncated: false },
      { name: 'ledger.json', redacted: 0 },
    ]);
    for (const { name, sha256: hash, bytes } of manifest.files) {
      expect(sha256(vault.text(name))).toBe(hash);
      expect(Buffer.byteLength(vault.text(name))).toBe(bytes);
    }
    const [, signature = Buffer.of()] = [...vault.files].find(([key]) => key.endsWith('.sig')) ?? [];
    const verifier = createVerify('sha256').update(vault.text('manifest.json'));
    expect(verifier.verify(publicKey, signature)).toBe(true);
    expect(entry).toMatchObject({
      occasion: before,
      plan: (await world.read()).plan?.manifestHash,
      manifestSha256: sha256(vault.text('manifest.json')),
      signingAlgorithm: SIGNING_ALGORITHM,
      custodian: manifest.custodian,
      files: manifest.files.map(({ name, bytes, sha256: hash }) => ({ name, bytes, sha256: hash })),
      unavailable: [],
    });
    expect(
      [...vault.files.keys()].every((key) =>
        key.startsWith(`evidence/${INCIDENT}/${entry?.manifestSha256}/`),
      ),
    ).toBe(true);
    expect([...vault.files.values()].join('')).not.toContain('hunter2');
  });

  it('is kept once for a plan and an occasion, and again after the change', async () => {
    const world = await planned();
    const parts = partsOf(world, new Vault(), [exhibit('instance')]);
    for (const occasion of [before, before, 'after-change'] as const)
      await collect(INCIDENT, occasion, parts);
    expect((await preserved(world)).map(({ occasion }) => occasion)).toEqual([before, 'after-change']);
    expect((await world.read()).custody).toHaveLength(2);
  });

  it('is kept without what cannot be read, which is named with its reason', async () => {
    const world = await planned();
    const failing = (id: string, error: Error) => exhibit(id, { collect: () => Promise.reject(error) });
    const vault = new Vault();
    const late: Patience = (work) =>
      Promise.race([work, Promise.reject(new Error('no answer within 1 seconds'))]);
    await collect(
      INCIDENT,
      before,
      partsOf(world, vault, [
        failing('gone', new TargetNotFoundError('instance i-1')),
        failing('refused', Object.assign(new Error('not allowed'), { name: 'UnauthorizedOperation' })),
        exhibit('instance'),
      ]),
    );
    const [entry] = await preserved(world);
    expect(entry?.files.map(({ name }) => name)).toEqual(['e4-instance.json', 'ledger.json']);
    expect(entry?.unavailable).toEqual([
      { name: 'e4-gone.json', reason: 'instance i-1 does not exist, or no longer does' },
      { name: 'e4-refused.json', reason: 'UnauthorizedOperation: not allowed' },
    ]);

    const slow = exhibit('slow', { collect: () => new Promise(() => undefined) });
    const other = await planned();
    await collect(INCIDENT, before, partsOf(other, new Vault(), [slow], late));
    expect((await preserved(other))[0]?.unavailable).toEqual([
      { name: 'e4-slow.json', reason: 'Error: no answer within 1 seconds' },
    ]);
  });

  it('is of nothing that was only claimed, and of no more than eight entities', async () => {
    const many = Array.from({ length: 9 }, (_, index) => thing('role', `role-${index}`));
    const world = await planned({
      entities: [...things, thing('instance', 'i-9', { trust: 'claimed' }), ...many],
    });
    const vault = new Vault();
    await collect(
      INCIDENT,
      before,
      partsOf(world, vault, [exhibit('any', { targets: ['instance', 'role'] })]),
    );
    const [entry] = await preserved(world);
    const names = entry?.files.map(({ name }) => name);
    expect(names?.at(0)).toBe('e4-any.json');
    expect(names).not.toContain('e5-any.json');
    expect(names).toHaveLength(9);
    expect(entry?.unavailable).toMatchObject([
      { name: 'e13-any.json', reason: '10 entities could be read, and no more than 8 are' },
      { name: 'e14-any.json' },
    ]);
  });

  it('of a flood of entities names the first that are left out, and how many there are', async () => {
    const world = await planned({
      entities: [...things, ...Array.from({ length: 190 }, (_, index) => thing('role', `role-${index}`))],
    });
    await collect(
      INCIDENT,
      before,
      partsOf(world, new Vault(), [exhibit('any', { targets: ['instance', 'role'] })]),
    );
    const [entry] = await preserved(world);
    expect(entry?.unavailable).toHaveLength(100);
    expect(entry?.unavailable[0]?.reason).toBe('191 entities could be read, and no more than 8 are');
  });

  it('is not asked for where nothing applies, or nothing is planned', async () => {
    const world = await planned();
    await collect(
      INCIDENT,
      before,
      partsOf(world, new Vault(), [exhibit('bucket', { targets: ['bucket'] })]),
    );
    const idle = new World();
    await idle.investigated([]);
    await collect(INCIDENT, before, partsOf(idle, new Vault(), [exhibit('instance')]));
    expect([...(await world.read()).custody, ...(await idle.read()).custody]).toEqual([]);
  });

  it('that could not be written is recorded as not available when the state machine gives up, and not tried again', async () => {
    const world = await planned();
    const vault = new Vault();
    vault.broken = Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
    const parts = partsOf(world, vault, [exhibit('instance')]);
    await expect(collect(INCIDENT, before, parts)).rejects.toThrow('Access Denied');
    expect((await world.read()).custody).toEqual([]);
    await giveUp(INCIDENT, before, { Error: 'AccessDenied', Cause: 'Access Denied' }, parts);
    vault.broken = undefined;
    await collect(INCIDENT, before, parts);
    expect((await world.read()).custody).toMatchObject([
      { type: 'evidence-unavailable', reason: 'not available: AccessDenied: Access Denied' },
    ]);
  });
});
