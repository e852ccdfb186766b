import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accessPoints,
  copyingMarkers,
  grantedTo,
  toldOfMarkers,
} from '../../functions/core/bucket-consumers.ts';

const distribution = 'arn:aws:cloudfront::111122223333:distribution/E1ABCDEF';
const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (principal: unknown, more: object = {}) => ({ Effect: 'Allow', Principal: principal, ...more });

describe('whom the policy of a bucket lets in', () => {
  const counts = (text: string | null) => grantedTo(text).map(({ count }) => count);

  it('is nobody without a policy', () => expect(counts(null)).toEqual([0, 0]));

  it('are accounts, principals and services, each once, and the distributions of CloudFront', () => {
    const text = policy(
      allow({ AWS: ['444455556666', 'arn:aws:iam::111122223333:role/app'] }),
      allow(
        { AWS: '444455556666', Service: 'cloudfront.amazonaws.com' },
        {
          Condition: { StringEquals: { 'AWS:SourceArn': [distribution, 'arn:aws:s3:::shop'] } },
        },
      ),
      { Effect: 'Deny', Principal: { AWS: '999988887777' } },
    );
    expect(counts(text)).toEqual([3, 1]);
  });

  it.each([
    ['everybody', policy(allow('*'))],
    ['everybody, as an AWS principal', policy(allow({ AWS: '*' }))],
    ['all but one', policy({ Effect: 'Allow', NotPrincipal: { AWS: '444455556666' } })],
    ['nobody can tell whom', 'no policy'],
  ])('counts as large where it is %s', (_, text) => {
    expect(grantedTo(text)).toMatchObject([
      { count: null, evidence: expect.stringMatching(/^not available/) },
      { count: null },
    ]);
  });

  it('repeats no text of the policy', () => {
    void fc.assert(
      fc.property(fc.string({ minLength: 8 }), (text) => {
        expect(JSON.stringify(grantedTo(policy(allow({ AWS: `<<${text}>>` }))))).not.toContain('<<');
      }),
    );
  });
});

it('a delete marker is copied by rules that say so, and by those of the first version', () => {
  const rule = (changes: object) => ({ Status: 'Enabled', Filter: { Prefix: '' }, ...changes });
  const rules = [
    rule({ DeleteMarkerReplication: { Status: 'Enabled' } }),
    rule({ Filter: undefined }),
    rule({ DeleteMarkerReplication: { Status: 'Disabled' } }),
    rule({ Status: 'Disabled', DeleteMarkerReplication: { Status: 'Enabled' } }),
  ];
  expect(copyingMarkers(rules).count).toBe(2);
});

it('those who listen for delete markers are told of one, and EventBridge of everything', () => {
  const markers = { Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:DeleteMarkerCreated'] };
  const removals = { Events: ['s3:ObjectRemoved:*'] };
  const others = { Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:Delete'] };
  const some = {
    LambdaFunctionConfigurations: [markers, others],
    QueueConfigurations: [removals],
    TopicConfigurations: [others],
  };
  expect(toldOfMarkers(some).count).toBe(2);
  expect(toldOfMarkers({ ...some, EventBridgeConfiguration: {} }).count).toBe(3);
});

it('more access points than one page holds count as large, and so do those that cannot be listed', async () => {
  const counts = async (list: Parameters<typeof accessPoints>[1]) =>
    (await accessPoints('which go', list)).map(({ count }) => count);
  expect(await counts(async () => ({ AccessPointList: [{}, {}] }))).toEqual([2]);
  expect(await counts(async () => ({ AccessPointList: [{}], NextToken: 'more' }))).toEqual([null]);
  const refused = async () => {
    throw Object.assign(new Error('<b>'), { name: 'AccessDenied' });
  };
  expect(await accessPoints('which go', refused)).toEqual([
    {
      what: 'access points of the bucket, which go',
      count: null,
      evidence: 'not available: AccessDenied',
    },
  ]);
});
