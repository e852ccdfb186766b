import { expect, test } from 'vitest';
import { BucketName, findOwnBucket, ownBucketRegion } from '../../functions/core/own-bucket.ts';

const bucket = (Name: string, BucketRegion: string | undefined = 'eu-west-1') => ({ Name, BucketRegion });

test('a bucket is looked for on every page, by its whole name', async () => {
  const asked: unknown[] = [];
  const pages = [
    { Buckets: [bucket('logs-1'), bucket('logs-2')], ContinuationToken: 'more' },
    { Buckets: [bucket('logs', 'us-east-1')] },
  ];
  const region = await ownBucketRegion('logs', async (input) => {
    asked.push(input);
    return pages[asked.length - 1] ?? {};
  });
  expect(region).toBe('us-east-1');
  expect(asked).toEqual([
    { Prefix: 'logs', ContinuationToken: undefined },
    { Prefix: 'logs', ContinuationToken: 'more' },
  ]);
});

test('what is found says where it is, and since when', async () => {
  const createdAt = new Date('2026-01-02T03:04:05Z');
  const page = { Buckets: [{ ...bucket('logs'), CreationDate: createdAt }] };
  expect(await findOwnBucket('logs', async () => page)).toEqual({ region: 'eu-west-1', createdAt });
  expect(await findOwnBucket('log', async () => page)).toBeUndefined();
});

test.each([[{}], [{ Buckets: [bucket('logs-1')] }], [{ Buckets: [{ Name: 'logs' }] }]])(
  'a bucket that the account does not list is a stranger’s: %j',
  async (page) => {
    await expect(ownBucketRegion('logs', async () => page)).rejects.toMatchObject({ name: 'NotOursError' });
  },
);

test.each(['abc', 'my.logs-2026', 'a'.repeat(63)])('%s is a name of a bucket', (name) => {
  expect(BucketName.safeParse(name).success).toBe(true);
});

test.each(['ab', 'a'.repeat(64), 'My-logs', 'a..b', '-ab', 'ab-', 'a/b', 'a_b', 'a\nb', ''])(
  '%j is none',
  (name) => {
    expect(BucketName.safeParse(name).success).toBe(false);
  },
);
