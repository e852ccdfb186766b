import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../functions/core/incident.ts';
import type { EventEnvelope } from '../../functions/core/source.ts';
import { startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { sallyport } from '../e2e/run.ts';

const scenario = new URL('../scenarios/c2-instance/', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'sallyport-evidence-'));
let test: TestCloud;
let incident: Incident;
beforeAll(async () => {
  test = await startTestCloud({ accountSeed: scenario.pathname });
  const waiting = await test.respond(
    JSON.parse(readFileSync(new URL('findings/c2-activity.json', scenario), 'utf8')) as EventEnvelope,
  );
  await test.ask(waiting, 'decision', { outcome: 'approve', reason: 'it is an attack' });
  await test.until(waiting.id, ({ status }) => status === 'contained');
  await test.cloud.idle();
  incident = await test.session.ledger.read(waiting.id);
});
afterAll(async () => {
  await test.stop();
  rmSync(folder, { recursive: true, force: true });
});

const kept = () => incident.custody.filter((entry) => entry.type === 'evidence-preserved');
const fetch = (to: string) =>
  sallyport(['evidence', incident.id, '--to', join(folder, to), '--json'], test.stateDirectory);
const read = (to: string, name: string) => readFileSync(join(folder, to, name), 'utf8');

describe('an infected instance', () => {
  it('has its evidence kept before anybody is asked, and again once it is contained', () => {
    const types = incident.timeline.map(({ entry }) => entry.type);
    const [first, last] = [types.indexOf('evidence-preserved'), types.lastIndexOf('evidence-preserved')];
    expect(first).toBeLessThan(types.indexOf('approval-requested'));
    expect(first).toBeLessThan(types.indexOf('intent-recorded'));
    expect(last).toBeGreaterThan(types.indexOf('containment-held'));
    expect(kept().map(({ occasion, unavailable }) => [occasion, unavailable])).toEqual([
      ['before-change', []],
      ['after-change', []],
    ]);
  });

  it('is found in the bundle as it was, its snapshots as they are, and no secret at all', async () => {
    const { code } = await fetch('whole');
    expect(code).toBe(0);
    const [group] = JSON.parse(read('whole', '1-before-change/e1-security-groups.json'));
    expect(group.IpPermissions.length).toBeGreaterThan(0);
    const [isolated] = JSON.parse(read('whole', '2-after-change/e1-security-groups.json'));
    expect(isolated.IpPermissions ?? []).toEqual([]);
    const snapshots = JSON.parse(read('whole', '2-after-change/e1-snapshots.json'));
    expect(snapshots).toHaveLength(2);
    for (const { Tags } of snapshots)
      expect(Tags).toContainEqual({ Key: 'sallyport:incident', Value: incident.id });
    const console = JSON.parse(read('whole', '1-before-change/e1-console-output.json'));
    expect(console.text).toBe('cloud-init: login root, password=[redacted]\nsystemd: Started xmrig.service');
    const all = readdirSync(join(folder, 'whole', '1-before-change'));
    expect(all.map((name) => read('whole', `1-before-change/${name}`)).join('')).not.toContain(
      'correct-horse',
    );
  });

  it('has a bundle in which every file that was changed on its disk is found and named', async () => {
    const [entry] = kept();
    const bucket = String(test.session.cloud.outputs.EvidenceBucketName);
    const disk = join(test.stateDirectory, 's3', bucket);
    const objects = readdirSync(disk)
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({
        key: String(JSON.parse(readFileSync(join(disk, name), 'utf8')).key),
        file: join(disk, name.replace(/\.json$/, '')),
      }));
    const names = [...(entry?.files.map(({ name }) => name) ?? []), 'manifest.json', 'manifest.sig'];
    for (const name of names) {
      const { file } = objects.find(({ key }) => key.endsWith(`/${entry?.manifestSha256}/${name}`)) ?? {
        file: '',
      };
      const honest = readFileSync(file);
      const changed = Buffer.from(honest);
      const middle = Math.floor(changed.length / 2);
      changed[middle] = (changed[middle] ?? 0) ^ 1;
      writeFileSync(file, changed);
      const { code, out } = await fetch('tampered');
      writeFileSync(file, honest);
      expect(code, name).toBe(1);
      const [{ problems }, after] = JSON.parse(out).bundles;
      expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
      expect(after.problems).toEqual([]);
    }
  });
});

describe('the role that keeps evidence', () => {
  const role = () => test.as(`sallyport-collect-${test.cloud.region}`);
  const named = async (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: Error) => error.name,
    );
  const put = (Key: string, condition: object) =>
    new S3Client({ ...role(), forcePathStyle: true }).send(
      new PutObjectCommand({
        Bucket: String(test.session.cloud.outputs.EvidenceBucketName),
        Key,
        Body: 'forged',
        ...condition,
      }),
    );

  it('overwrites nothing, and writes nowhere else', async () => {
    const [entry] = kept();
    const ledger = `evidence/${incident.id}/${entry?.manifestSha256}/ledger.json`;
    expect(await named(put(ledger, {}))).toBe('AccessDenied');
    expect(await named(put(ledger, { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
    expect(await named(put('elsewhere', { IfNoneMatch: '*' }))).toBe('AccessDenied');
  });

  it('signs with its own key alone, which nobody else can sign with', async () => {
    const KeyId = String(test.session.cloud.outputs.EvidenceKeyArn);
    const sign = new SignCommand({
      KeyId,
      Message: Buffer.alloc(32),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
    });
    expect(await named(new KMSClient(role()).send(sign))).toBe('done');
    const plan = test.as(`sallyport-plan-${test.cloud.region}`);
    expect(await named(new KMSClient(plan).send(sign))).toBe('AccessDeniedException');
    expect(await named(new KMSClient(role()).send(new GetPublicKeyCommand({ KeyId })))).toBe(
      'AccessDeniedException',
    );
  });
});
