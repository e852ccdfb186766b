import { afterEach, expect, test } from 'vitest';
import { quarantineObject } from '../../functions/actions/quarantine-object/action.ts';
import { sessionPolicy } from '../../functions/adapters/assume-action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { BucketState, ObjectVersionState } from '../../sandbox/account/s3/state.ts';
import { matchesWildcard } from '../../sandbox/authorize/wildcard.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { addPartner, OWN_KEY, readAs } from './cases/bucket-partner.ts';
import { BUCKET, buckets, OTHER_ACCOUNT, policyOf, reading } from './cases/buckets.ts';
import { KEY, ODD_KEY } from './cases/quarantine-object.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
let under: AccountUnderTest;
afterEach(() => under.close());

const twoVersions = [
  { key: KEY, versionId: 'v2' },
  { key: KEY, versionId: 'v1' },
];

async function plan(bucket: object = {}, id = `${BUCKET}/${KEY}`) {
  under = await AccountUnderTest.start(buckets({ versioning: 'Enabled', objects: twoVersions, ...bucket }));
  addPartner(under);
  return planCase(quarantineObject, { target: target('object', id) }, under);
}

async function hidden(bucket: object = {}) {
  const { planned } = await plan(bucket);
  const session = await under.session(quarantineObject, planned);
  await quarantineObject.execute(planned, session, execution);
  return { planned, session };
}

const state = () => under.cloud.account(ACCOUNT).s3?.buckets[BUCKET] as BucketState;
const versions = () => state().objects[KEY] ?? [];
const ids = () => versions().map((one) => (one.deleteMarker ? 'marker' : one.versionId));
const put = (versionId: string, more: Partial<ObjectVersionState> = {}) =>
  versions().unshift({ ...(versions().at(-1) as ObjectVersionState), versionId, ...more });

test('whoever asks for the object is told that there is none, until the rollback', async () => {
  const { planned } = await plan();
  await readAs(OWN_KEY, KEY);
  const session = await under.session(quarantineObject, planned);
  await quarantineObject.execute(planned, session, execution);
  await expect(readAs(OWN_KEY, KEY)).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(ids()).toEqual(['marker', 'v2', 'v1']);
  await quarantineObject.rollback(planned, session, execution);
  await readAs(OWN_KEY, KEY);
});

test.each([
  [`${BUCKET}/none`, 'TargetNotFoundError'],
  [BUCKET, 'TargetNotFoundError'],
  [`${BUCKET}/`, 'TargetNotFoundError'],
  [`/${KEY}`, 'TargetNotFoundError'],
  [`*/${KEY}`, 'TargetNotFoundError'],
  [`${BUCKET}/${'ü'.repeat(513)}`, 'TargetNotFoundError'],
  [`${BUCKET}/\ud800`, 'TargetNotFoundError'],
  [`no-such-bucket/${KEY}`, 'TargetNotFoundError'],
  [`partners-own/${KEY}`, 'NotOursError'],
  [`far-away/${KEY}`, 'WrongStateError'],
  [`${BUCKET}/incoming/../${KEY}`, 'WrongStateError'],
  [`${BUCKET}/./${KEY}`, 'WrongStateError'],
])('object %s gets no plan, but %s', async (id, name) => {
  await expect(plan({}, id)).rejects.toMatchObject({
    name,
    target: expect.stringContaining(id.split('/')[0] ?? ''),
  });
});

test.each([
  [
    'never kept versions',
    { versioning: undefined },
    'without versions: deleting the object would be for good',
  ],
  ['keeps them no longer', { versioning: 'Suspended' }, 'one whose versioning is suspended'],
  ['asks for a device', { mfaDelete: true }, 'only the root user with a device'],
])('in a bucket that %s no object is hidden', async (_, bucket, words) => {
  await expect(plan(bucket)).rejects.toMatchObject({
    name: 'WrongStateError',
    target: 'bucket shop-assets',
    message: expect.stringContaining(words),
  });
});

test('versioning that was suspended since keeps the object from being deleted for good', async () => {
  const { planned } = await plan({ objects: [{ key: KEY }] });
  const session = await under.session(quarantineObject, planned);
  state().versioning = 'Suspended';
  await expect(quarantineObject.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'bucket shop-assets is one whose versioning is suspended: deleting the object would be for good; protect-bucket-versions keeps versions from then on',
  });
  expect(ids()).toEqual(['null']);
});

test('an object that is hidden already needs nothing', async () => {
  const objects = [{ key: KEY, versionId: 'm', deleteMarker: true }, ...twoVersions];
  await expect(plan({ objects })).rejects.toMatchObject({
    name: 'NothingToDoError',
    message:
      'object shop-assets/incoming/invoice.pdf already is hidden by a delete marker: there is nothing to do',
  });
});

test('what replaced the object since is not hidden in its place', async () => {
  const { planned } = await plan();
  const session = await under.session(quarantineObject, planned);
  put('v3');
  await expect(quarantineObject.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'object shop-assets/incoming/invoice.pdf is replaced by another version since: the one that was judged is no longer given to anybody; judge the new one, and plan again',
  });
  expect(ids()).toEqual(['v3', 'v2', 'v1']);
});

test('a null version that was replaced by another makes the plan old', async () => {
  const { planned } = await plan({ objects: [{ key: KEY }] });
  state().objects[KEY] = versions().map((one) => ({ ...one, etag: '"other"' }));
  const again = await planCase(quarantineObject, { target: target('object', `${BUCKET}/${KEY}`) }, under);
  expect(again.planned.before).not.toEqual(planned.before);
});

test('the object that is uploaded again is seen, and the rollback takes our marker alone', async () => {
  const { planned, session } = await hidden();
  put('v3');
  expect(await quarantineObject.verify(planned, session, execution)).toEqual({
    status: 'not-done',
    observed: 'another version, v3, is the current one',
  });
  await quarantineObject.rollback(planned, session, execution);
  expect(ids()).toEqual(['v3', 'v2', 'v1']);
});

test('the marker of somebody who deleted it as well stays where it is', async () => {
  const { planned, session } = await hidden();
  put('theirs', { deleteMarker: true });
  await quarantineObject.execute(planned, session, execution);
  await quarantineObject.rollback(planned, session, execution);
  expect(versions().map((one) => one.versionId)).toEqual(['theirs', 'v2', 'v1']);
});

test('older markers, of the same second too, are never taken', async () => {
  const { planned, session } = await hidden({
    objects: [
      { key: KEY, versionId: 'v2' },
      { key: KEY, versionId: 'old-marker', deleteMarker: true },
      { key: KEY, versionId: 'v1' },
    ],
  });
  for (const one of versions()) Object.assign(one, { lastModified: '2026-01-01T00:00:00Z' });
  await quarantineObject.rollback(planned, session, execution);
  expect(versions().map((one) => one.versionId)).toEqual(['v2', 'old-marker', 'v1']);
});

test('a heap of markers costs few questions, before the version and after it', async () => {
  const heap = (count: number, lastModified: string) =>
    Array.from({ length: count }, (_, index) => ({
      key: KEY,
      versionId: `${lastModified}-${index}`,
      deleteMarker: true,
      lastModified,
    }));
  const { planned, session } = await hidden({
    objects: [{ key: KEY, versionId: 'v2', lastModified: '-P1D' }, ...heap(200, '-P3D')],
  });
  const later = new Date(under.cloud.now().getTime() + 60_000).toISOString();
  for (const { versionId } of heap(200, 'later')) put(versionId, { deleteMarker: true, lastModified: later });
  const before = under.calls.length;
  await quarantineObject.rollback(planned, session, execution);
  expect(under.calls.slice(before).map((call) => call.operation)).toEqual([
    'ListObjectVersions',
    'ListObjectVersions',
    'DeleteObject',
  ]);
  expect(ids().indexOf('v2')).toBe(200);
});

test('among too many markers of the same second nothing is taken away', async () => {
  const { planned, session } = await hidden();
  const { lastModified = '' } = versions()[0] ?? {};
  versions().shift();
  put('v3');
  for (let index = 0; index < 51; index += 1) put(`theirs-${index}`, { deleteMarker: true, lastModified });
  await expect(quarantineObject.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'object shop-assets/incoming/invoice.pdf is under more than 50 delete markers: ours is not looked for among them; remove by hand what hides the object',
  });
  expect(ids()).toHaveLength(54);
});

test('a marker that somebody took away already is not missed', async () => {
  const { planned, session } = await hidden();
  versions().shift();
  expect((await quarantineObject.verify(planned, session, execution)).status).toBe('not-done');
  await quarantineObject.rollback(planned, session, execution);
  expect(ids()).toEqual(['v2', 'v1']);
});

test('a version that is gone for good cannot be shown again, and no marker is taken for it', async () => {
  const { planned, session } = await hidden();
  state().objects[KEY] = versions().filter((one) => one.versionId !== 'v2');
  expect((await quarantineObject.verify(planned, session, execution)).status).toBe('done');
  for (const step of ['execute', 'rollback'] as const)
    await expect(quarantineObject[step](planned, session, execution)).rejects.toMatchObject({
      name: 'TargetNotFoundError',
      message: 'version v2 of object shop-assets/incoming/invoice.pdf does not exist, or no longer does',
    });
  expect(ids()).toEqual(['marker', 'v1']);
});

test('a bucket that is gone has neither object nor marker', async () => {
  const { planned, session } = await hidden();
  delete under.cloud.account(ACCOUNT).s3?.buckets[BUCKET];
  expect((await quarantineObject.verify(planned, session, execution)).status).toBe('done');
  await expect(quarantineObject.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'version v2 of object shop-assets/incoming/invoice.pdf does not exist, or no longer does',
  });
});

test('more versions than one page holds are read, and a heap of them is refused', async () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ key: KEY, versionId: `v${index}` }));
  const { answer } = await plan({ objects: many(1001) });
  expect(answer.blastRadius[1]?.count).toBe(1000);
  await under.close();
  await expect(plan({ objects: many(10_001) })).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'object shop-assets/incoming/invoice.pdf is kept in more than 10000 versions: they are not read; remove the object by hand',
  });
});

test('protection is read from bucket and object, and the key is in no sentence', async () => {
  const { answer } = await plan({
    objects: [{ key: KEY, versionId: 'v1', tags: { 'sallyport:protected': '' } }],
    tags: { 'aws:cloudformation:stack-name': 'shop' },
  });
  expect(answer.protectedTarget).toBe(true);
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack shop');
  expect(answer.change + answer.undo).not.toContain('invoice');
  await under.close();
  expect((await plan({ tags: { 'sallyport:protected': '' } })).answer.protectedTarget).toBe(true);
  await under.close();
  expect((await plan()).answer.protectedTarget).toBe(false);
});

test('who uses the bucket is counted: they may miss the object', async () => {
  const consumers = ({ answer }: Awaited<ReturnType<typeof plan>>) =>
    answer.blastRadius.slice(3, -1).map(({ count }) => count);
  expect(consumers(await plan())).toEqual([0, 0, 0, 0, 0, 0]);
  await under.close();
  const arn = 'arn:aws:sqs:eu-central-1:111122223333:events';
  const used = await plan({
    website: true,
    replication: true,
    replicatesDeleteMarkers: true,
    eventBridge: true,
    notifications: [
      { to: 'queue', arn, events: ['s3:ObjectRemoved:*'] },
      { to: 'topic', arn, events: ['s3:ObjectCreated:*'] },
    ],
    accessPoints: [{ name: 'reports' }, { name: 'inside', vpcId: 'vpc-0a000000000000001' }],
    policy: policyOf(
      reading({ AWS: OTHER_ACCOUNT }),
      reading({ Service: 'cloudfront.amazonaws.com' }, BUCKET, {
        Condition: { StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/E1` } },
      }),
    ),
  });
  expect(consumers(used)).toEqual([2, 1, 1, 1, 2, 2]);
  await under.close();
  expect(consumers(await plan({ replication: true, policy: policyOf(reading('*')) }))).toEqual([
    null,
    null,
    0,
    0,
    0,
    0,
  ]);
});

test('what a rule will delete is said to be lost then', async () => {
  const rule = { ID: 'a', Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } };
  const rules = [
    { ...rule, Status: 'Enabled' },
    { ...rule, ID: 'b', Status: 'Disabled' },
  ];
  const { answer } = await plan({ lifecycle: { rules } });
  expect(answer.cannotRestore).toEqual([expect.stringContaining('one of 1 lifecycle rules')]);
  expect(answer.blastRadius[2]?.count).toBe(1);
});

test.each([
  ODD_KEY,
  '/'.repeat(3),
  'x'.repeat(1024),
  '*'.repeat(1024),
  '日本語'.repeat(113),
  '"'.repeat(1024),
])('the session policy of key %# fits STS and the object, and no other bucket', async (key) => {
  const { planned } = await plan({ objects: [{ key, versionId: 'v1' }] }, `${BUCKET}/${key}`);
  const policy = sessionPolicy(quarantineObject, planned);
  expect(policy).toMatch(/^[\t\n\r\x20-\xff]+$/);
  const { Statement: statements } = JSON.parse(policy) as { Statement: { Resource: string[] }[] };
  const [pattern = ''] = statements[1]?.Resource ?? [];
  expect(pattern).not.toContain('${');
  expect(matchesWildcard(pattern, `arn:aws:s3:::${BUCKET}/${key}`)).toBe(true);
  expect(matchesWildcard(pattern, `arn:aws:s3:::payroll/${key}`)).toBe(false);
});
