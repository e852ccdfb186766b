import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { s3Service } from '../../sandbox/services/s3.ts';

const stateDirectory = mkdtempSync(join(tmpdir(), 'small-s3-'));
afterAll(() => rmSync(stateDirectory, { recursive: true }));

const stack = {
  ofType: (type: string) =>
    type === 'AWS::S3::Bucket' ? [{ name: 'feeds', arn: 'arn:aws:s3:::feeds', properties: {} }] : [],
};
const { operations } = s3Service({
  stack,
  stateDirectory,
  now: () => new Date('2026-11-21T12:00:00Z'),
} as never);
type Handled = { readonly handle: (input: object, ...rest: unknown[]) => object };
const call = (name: string, input: object) =>
  (operations as unknown as Record<string, Handled>)[name]?.handle({ Bucket: 'feeds', ...input });

it('a bucket is listed by prefix, in the order of bytes, a page at a time', () => {
  for (const Key of ['feeds/b', 'feeds/a/ü', 'feeds/a/Z', 'other'])
    call('PutObject', { Key, Body: Buffer.from(Key) });
  const first = call('ListObjectsV2', { Prefix: 'feeds/', MaxKeys: 2 });
  expect(first).toMatchObject({
    IsTruncated: true,
    KeyCount: 2,
    Contents: [
      { Key: 'feeds/a/Z', Size: 9, LastModified: new Date('2026-11-21T12:00:00Z') },
      { Key: 'feeds/a/ü' },
    ],
  });
  const { NextContinuationToken: ContinuationToken } = first as { NextContinuationToken: string };
  const second = call('ListObjectsV2', { Prefix: 'feeds/', ContinuationToken });
  expect(second).toMatchObject({ IsTruncated: false, Contents: [{ Key: 'feeds/b' }] });
  expect(() => call('ListObjectsV2', { Delimiter: '/' })).toThrow('not implemented');
});
