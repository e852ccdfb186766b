import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../cli/audit.ts';
import type { Incident } from '../../functions/core/incident.ts';
import type { EventEnvelope } from '../../functions/core/source.ts';
import { parseEnvelope } from '../../functions/sources/normalise.ts';
import { readCloudFile } from '../../sandbox/state-folder.ts';
import { startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { accountOf, activityOf, findingAbout, victim } from '../e2e/victims.ts';

const victims = [victim('c2-instance', 1), victim('c2-instance', 2)] as const;

/** Puts a file where the owner puts his feeds. */
async function put(test: TestCloud, key: string, text: string): Promise<void> {
  const bucket = readCloudFile(test.stateDirectory)?.outputs.IntelligenceBucketName;
  const client = new S3Client({ ...test.as('operator'), forcePathStyle: true });
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
}

/** As the schedule does. */
async function compile(test: TestCloud): Promise<unknown> {
  const { Payload, FunctionError } = await new LambdaClient(test.as('operator')).send(
    new InvokeCommand({ FunctionName: 'sallyport-compile-intelligence' }),
  );
  const answer = Buffer.from(Payload ?? []).toString('utf8');
  if (FunctionError) throw new Error(answer);
  await test.cloud.idle();
  return JSON.parse(answer);
}

/** The other side of a finding. */
const addressOf = (finding: EventEnvelope) =>
  parseEnvelope(finding)[0]?.entities.find(({ kind, part }) => kind === 'address' && part === 'actor')?.id ??
  '';
const said = ({ evidence }: Incident) =>
  evidence.filter(({ tool, status }) => tool === 'threat-intelligence' && status === 'found');
const typesOf = ({ findings }: Incident) => findings.map(({ finding_info }) => finding_info.type);

describe('a feed of threat intelligence', () => {
  let test: TestCloud;
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-intelligence-'));
  let first: Incident;
  beforeAll(async () => {
    writeFileSync(join(folder, 'account.json'), JSON.stringify(accountOf(victims)));
    writeFileSync(join(folder, 'activity.json'), JSON.stringify(activityOf(victims)));
    test = await startTestCloud({ accountSeed: folder });
    first = await test.respond(findingAbout(victims[0]));
  });
  afterAll(async () => {
    await test.stop();
    rmSync(folder, { recursive: true });
  });

  it('that was never compiled says nothing, and keeps nobody from deciding', () => {
    expect(said(first).map(({ output }) => output)).toContainEqual(
      expect.objectContaining({ known: false, standing: 'nothing-compiled' }),
    );
    expect(first.status).toBe('awaiting-approval');
  });

  it('is matched back over what was seen, and the finding joins the incident', async () => {
    await put(
      test,
      'feeds/list/today.txt',
      [...new Set(victims.map((one) => addressOf(findingAbout(one))))].join('\n'),
    );
    expect(await compile(test)).toMatchObject({ status: 'compiled', matches: 1 });
    const joined = await test.until(first.id, (incident) => incident.findings.length > 1);
    expect(typesOf(joined)).toEqual([...typesOf(first), 'ThreatIntelligence:Match/Address']);
    // The plan is the same, and whoever was asked goes on being asked.
    expect(joined.plan?.manifestHash).toBe(first.plan?.manifestHash);
    expect(joined.status).toBe('awaiting-approval');
  });

  it('is not compiled again while nothing changes', async () => {
    expect(await compile(test)).toEqual({ status: 'unchanged' });
  });

  it('makes the verdict on a new finding surer', async () => {
    const second = await test.respond(findingAbout(victims[1]));
    expect(said(second).map(({ output }) => output)).toContainEqual(
      expect.objectContaining({ known: true, standing: 'indicator', confidence: 50 }),
    );
    expect(second.verdict?.verdict.confidence).toBe(0.95);
    expect(first.verdict?.verdict.confidence).toBe(0.9);
  });

  it('leaves a ledger that holds', async () => {
    expect(await audit(test.session)).toMatchObject({ ok: true, problems: [] });
  });
});
