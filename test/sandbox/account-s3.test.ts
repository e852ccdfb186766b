import * as s3 from '@aws-sdk/client-s3';
import * as control from '@aws-sdk/client-s3-control';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, type Fixture, now, region, startFixture, stolen, writeSeed } from './account-fixture.ts';

const PARTNER = '444455556666';
const partner = { accessKeyId: 'AKIAPARTNER00000000A', secretAccessKey: 'any' };
const everything = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const statement = (principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 's3:GetObjectTagging',
  Resource: 'arn:aws:s3:::assets/*',
  ...more,
});
const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const anyS3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };

let fixture: Fixture;
let fresh: CloudState;
let client: s3.S3Client;

beforeAll(async () => {
  fixture = await startFixture();
  fixture.cloud.seed(
    writeSeed(
      {
        account: PARTNER,
        region,
        iam: {
          users: [
            {
              userName: 'partner',
              accessKeys: [{ accessKeyId: partner.accessKeyId }],
              inlinePolicies: { anyS3 },
            },
          ],
        },
        s3: { buckets: [{ name: 'partners-own' }] },
      },
      [],
    ),
  );
  fixture.cloud.seed(
    writeSeed(
      {
        account,
        region,
        s3: {
          buckets: [
            {
              name: 'assets',
              policy: policy(statement('*')),
              objects: [{ key: 'logo.svg', tags: { a: 'b' } }],
            },
            {
              name: 'archive',
              versioning: 'Enabled',
              objects: [
                { key: 'a b/ü', versionId: 'v2' },
                { key: 'a b/ü', versionId: 'v1' },
                { key: 'a', versionId: 'v3' },
              ],
            },
            { name: 'far', region: 'us-east-1' },
            { name: 'locked', versioning: 'Suspended', mfaDelete: true },
            { name: 'source', versioning: 'Enabled', replication: true },
          ],
        },
      },
      [],
    ),
  );
  fresh = fixture.cloud.snapshot();
  client = fixture.s3();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const readsTags = (credentials: typeof partner) =>
  fixture.s3(credentials).send(new s3.GetObjectTaggingCommand({ Bucket: 'assets', Key: 'logo.svg' }));
const put = (Bucket: string, document: unknown) =>
  client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(document) }));
const isPublic = async () =>
  (await client.send(new s3.GetBucketPolicyStatusCommand({ Bucket: 'assets' }))).PolicyStatus?.IsPublic;

describe('a bucket', () => {
  const tagging = (Bucket: string, ExpectedBucketOwner?: string) =>
    client.send(new s3.GetBucketTaggingCommand({ Bucket, ExpectedBucketOwner }));

  it.each([
    ['nowhere', undefined, 'NoSuchBucket'],
    ['far', undefined, 'PermanentRedirect'],
    ['assets', PARTNER, 'AccessDenied'],
    ['assets', account, 'NoSuchTagSet'],
    ['partners-own', undefined, 'AccessDenied'],
    ['constructor', undefined, 'NoSuchBucket'],
  ])('%s, expected of %s, answers %s', async (bucket, owner, name) => {
    await expect(tagging(bucket, owner)).rejects.toMatchObject({ name });
  });

  it('is listed with its region, in pages', async () => {
    const first = await client.send(new s3.ListBucketsCommand({ MaxBuckets: 3 }));
    const { ContinuationToken } = first;
    const second = await client.send(new s3.ListBucketsCommand({ ContinuationToken }));
    const named = [...(first.Buckets ?? []), ...(second.Buckets ?? [])].map((one) => [
      one.Name,
      one.BucketRegion,
    ]);
    expect(named).toEqual([
      ['archive', region],
      ['assets', region],
      ['far', 'us-east-1'],
      ['locked', region],
      ['source', region],
    ]);
    expect(second.ContinuationToken).toBeUndefined();
  });
});

describe('public access', () => {
  const at = { Bucket: 'assets' };
  const settings = async () =>
    (await client.send(new s3.GetPublicAccessBlockCommand(at))).PublicAccessBlockConfiguration;
  const ofAccount = { AccountId: account };

  it('is blocked by what is put, and by nothing where nothing is', async () => {
    await expect(settings()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
    await client.send(
      new s3.PutPublicAccessBlockCommand({
        ...at,
        PublicAccessBlockConfiguration: { BlockPublicAcls: true },
      }),
    );
    expect(await settings()).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    });
    await client.send(new s3.DeletePublicAccessBlockCommand(at));
    await expect(settings()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
  });

  it('of an account is apart from that of its buckets, and shuts other accounts out of public ones', async () => {
    expect((await readsTags(partner)).TagSet).toEqual([{ Key: 'a', Value: 'b' }]);
    const controls = fixture.s3Control();
    await controls.send(
      new control.PutPublicAccessBlockCommand({ ...ofAccount, PublicAccessBlockConfiguration: everything }),
    );
    await expect(readsTags(partner)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(
      (await client.send(new s3.GetObjectTaggingCommand({ ...at, Key: 'logo.svg' }))).TagSet,
    ).toHaveLength(1);
    await expect(settings()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
    await controls.send(new control.DeletePublicAccessBlockCommand(ofAccount));
    await expect(controls.send(new control.GetPublicAccessBlockCommand(ofAccount))).rejects.toMatchObject({
      name: 'NoSuchPublicAccessBlockConfiguration',
    });
    await readsTags(partner);
  });

  it('of an account is its own to set', async () => {
    const readAs = (who: typeof partner) =>
      fixture.s3Control(who).send(new control.GetPublicAccessBlockCommand(ofAccount));
    await expect(readAs(partner)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(readAs(stolen)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('leaves a grant to a named account in a policy that is not public', async () => {
    await put('assets', policy(statement({ AWS: PARTNER })));
    await client.send(
      new s3.PutPublicAccessBlockCommand({ ...at, PublicAccessBlockConfiguration: everything }),
    );
    await readsTags(partner);
  });
});

describe('a bucket policy', () => {
  it.each([
    ['everybody', statement('*'), true],
    ['everybody in the other spelling', statement({ AWS: ['*'] }), true],
    ['everybody but one', { ...statement('*'), Principal: undefined, NotPrincipal: { AWS: PARTNER } }, true],
    ['one account', statement({ AWS: PARTNER }), false],
    ['a service', statement({ Service: 'cloudtrail.amazonaws.com' }), false],
    ['one address', statement('*', { Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.7' } } }), false],
    ['half the world', statement('*', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }), true],
    [
      'any role',
      statement('*', { Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*' } } }),
      true,
    ],
    [
      'all but one',
      statement('*', { Condition: { StringNotEquals: { 'aws:PrincipalAccount': PARTNER } } }),
      true,
    ],
    ['nobody', { ...statement('*'), Effect: 'Deny' }, false],
  ])('for %s counts as S3 says', async (_, one, expected) => {
    await put('assets', policy(one));
    expect(await isPublic()).toBe(expected);
  });

  it.each([
    ['another bucket', policy(statement('*', { Resource: 'arn:aws:s3:::archive/*' })), 'MalformedPolicy'],
    [
      'a bucket whose name goes on',
      policy(statement('*', { Resource: 'arn:aws:s3:::assets2/*' })),
      'MalformedPolicy',
    ],
    ['nobody', policy({ ...statement('*'), Principal: undefined }), 'MalformedPolicy'],
    ['too many words', policy(statement('*', { Sid: 'x'.repeat(20_480) })), 'PolicyTooLarge'],
    ['no statement', { Version: '2012-10-17' }, 'MalformedPolicy'],
  ])('for %s is refused', async (_, document, name) => {
    await expect(put('assets', document)).rejects.toMatchObject({ name });
  });

  it('that is public is refused where the bucket or the account says so, and another is not', async () => {
    fixture.cloud.account(account).s3 = {
      ...fixture.cloud.account(account).s3,
      buckets: fixture.cloud.account(account).s3?.buckets ?? {},
      publicAccessBlock: {
        blockPublicAcls: false,
        ignorePublicAcls: false,
        blockPublicPolicy: true,
        restrictPublicBuckets: false,
      },
    };
    await expect(put('assets', policy(statement('*')))).rejects.toMatchObject({ name: 'AccessDenied' });
    await put('assets', policy(statement({ AWS: PARTNER })));
  });

  it('is kept as it was put, and deleting it twice is no error', async () => {
    const text = ` {"Statement": ${JSON.stringify(statement({ AWS: PARTNER }))} }`;
    await client.send(
      new s3.PutBucketPolicyCommand({ Bucket: 'archive', Policy: text.replace('assets', 'archive') }),
    );
    const { Policy } = await client.send(new s3.GetBucketPolicyCommand({ Bucket: 'archive' }));
    expect(Policy).toBe(text.replace('assets', 'archive'));
    for (const _ of [1, 2]) await client.send(new s3.DeleteBucketPolicyCommand({ Bucket: 'archive' }));
    const read = client.send(new s3.GetBucketPolicyCommand({ Bucket: 'archive' }));
    await expect(read).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
  });
});

describe('versioning', () => {
  const status = async (Bucket: string) =>
    (await client.send(new s3.GetBucketVersioningCommand({ Bucket }))).Status;
  const set = (Bucket: string, Status: s3.BucketVersioningStatus) =>
    client.send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));

  it('has no status until it is enabled, and is suspended afterwards', async () => {
    expect(await status('assets')).toBeUndefined();
    await set('assets', 'Enabled');
    expect(await status('assets')).toBe('Enabled');
    await set('assets', 'Suspended');
    expect(await status('assets')).toBe('Suspended');
  });

  it('waits for a device under MFA delete, and for the end of a replication', async () => {
    await expect(set('locked', 'Enabled')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(set('source', 'Suspended')).rejects.toMatchObject({ name: 'InvalidBucketState' });
    await expect(set('assets', 'Off' as never)).rejects.toMatchObject({
      name: 'IllegalVersioningConfigurationException',
    });
  });
});

describe('a lifecycle', () => {
  const write = (Rules: s3.LifecycleRule[]) =>
    client.send(
      new s3.PutBucketLifecycleConfigurationCommand({ Bucket: 'assets', LifecycleConfiguration: { Rules } }),
    );
  const rule = { ID: 'one', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 3 } } as const;

  it('comes back as it was put, its dates too, with ids for rules that had none', async () => {
    const { ID: _, ...nameless } = rule;
    const dated = { ...rule, Expiration: { Date: new Date('2027-01-01T00:00:00Z') } };
    await write([dated, nameless]);
    const { Rules, TransitionDefaultMinimumObjectSize: size } = await client.send(
      new s3.GetBucketLifecycleConfigurationCommand({ Bucket: 'assets' }),
    );
    expect(Rules).toEqual([dated, { ...nameless, ID: expect.any(String) }]);
    expect(size).toBe('all_storage_classes_128K');
  });

  it.each([
    ['without a rule', [], 'MalformedXML'],
    ['whose rule does nothing', [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: '' } }], 'MalformedXML'],
    ['with one id twice', [rule, rule], 'InvalidArgument'],
  ])('%s is refused', async (_, rules, name) => {
    await expect(write(rules as s3.LifecycleRule[])).rejects.toMatchObject({ name });
  });

  it('that never was is said to be missing', async () => {
    const read = client.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket: 'archive' }));
    await expect(read).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
  });
});

describe('an object', () => {
  const at = { Bucket: 'archive', Key: 'a b/ü' };
  const list = (more: object = {}) =>
    client.send(new s3.ListObjectVersionsCommand({ Bucket: 'archive', Prefix: at.Key, ...more }));

  it('is hidden by a marker, and seen again when exactly that is deleted', async () => {
    const { VersionId, DeleteMarker } = await client.send(new s3.DeleteObjectCommand(at));
    expect(DeleteMarker).toBe(true);
    const hidden = await list();
    expect(hidden.DeleteMarkers).toEqual([{ Key: at.Key, VersionId, IsLatest: true, LastModified: now }]);
    expect(hidden.Versions?.map((one) => [one.VersionId, one.IsLatest])).toEqual([
      ['v2', false],
      ['v1', false],
    ]);
    const tags = () => client.send(new s3.GetObjectTaggingCommand(at));
    await expect(tags()).rejects.toMatchObject({ name: 'NoSuchKey' });
    const ofMarker = new s3.GetObjectTaggingCommand({ ...at, VersionId });
    await expect(client.send(ofMarker)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    await client.send(new s3.DeleteObjectCommand({ ...at, VersionId }));
    expect((await tags()).VersionId).toBe('v2');
    // Gone already is no error.
    await client.send(new s3.DeleteObjectCommand({ ...at, VersionId }));
  });

  it.each(['/', '//a', 'a/', ' +%2F'])('may be called %j', async (key) => {
    const { VersionId } = await client.send(new s3.DeleteObjectCommand({ Bucket: 'archive', Key: key }));
    const { objects } = fixture.cloud.account(account).s3?.buckets.archive ?? {};
    expect(objects?.[key]?.map((one) => one.versionId)).toEqual([VersionId]);
  });

  it('is gone without versioning, and loses its null version while that is suspended', async () => {
    await client.send(new s3.DeleteObjectCommand({ Bucket: 'assets', Key: 'logo.svg' }));
    expect(fixture.cloud.account(account).s3?.buckets.assets?.objects).toEqual({});
    Object.assign(fixture.cloud.account(account).s3?.buckets.archive ?? {}, { versioning: 'Suspended' });
    await client.send(new s3.DeleteObjectCommand(at));
    await client.send(new s3.DeleteObjectCommand(at));
    expect((await list()).DeleteMarkers?.map((one) => one.VersionId)).toEqual(['null']);
  });

  it('is listed by key, newest first, in pages and encoded where asked', async () => {
    const first = await list({ Prefix: 'a', MaxKeys: 2, EncodingType: 'url' });
    expect(first.Versions?.map((one) => one.Key)).toEqual(['a', 'a+b/%C3%BC']);
    expect([first.IsTruncated, first.NextVersionIdMarker]).toEqual([true, 'v2']);
    const second = await list({ KeyMarker: at.Key, VersionIdMarker: 'v2' });
    expect([second.Versions?.map((one) => one.VersionId), second.IsTruncated]).toEqual([['v1'], false]);
  });
});

it('the history has the names of the buckets’ operations, and no calls on objects', async () => {
  await client.send(
    new s3.PutPublicAccessBlockCommand({ Bucket: 'assets', PublicAccessBlockConfiguration: everything }),
  );
  await fixture.s3Control().send(
    new control.PutPublicAccessBlockCommand({
      AccountId: account,
      PublicAccessBlockConfiguration: everything,
    }),
  );
  await client.send(new s3.DeleteObjectCommand({ Bucket: 'assets', Key: 'logo.svg' }));
  const { events } = fixture.cloud.account(account);
  const ofS3 = events.filter((one) => one.eventSource === 's3.amazonaws.com');
  expect(ofS3.map((one) => one.eventName)).toEqual([
    'PutBucketPublicAccessBlock',
    'PutAccountPublicAccessBlock',
  ]);
  expect(ofS3[0]?.requestParameters).toMatchObject({ bucketName: 'assets' });
});

it('a state that was saved before there was S3 has none, and gets it with the first setting', async () => {
  const { s3: _, ...old } = fresh.accounts[account] ?? ({} as never);
  fixture.cloud.restore({ ...fresh, accounts: { ...fresh.accounts, [account]: old as never } });
  expect((await client.send(new s3.ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  const controls = fixture.s3Control();
  await controls.send(
    new control.PutPublicAccessBlockCommand({
      AccountId: account,
      PublicAccessBlockConfiguration: everything,
    }),
  );
  const { PublicAccessBlockConfiguration: settings } = await controls.send(
    new control.GetPublicAccessBlockCommand({ AccountId: account }),
  );
  expect(settings).toEqual(everything);
});
