import { afterEach, expect, test } from 'vitest';
import { removeClusterAccess } from '../../functions/actions/remove-cluster-access/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import type { Target } from '../../functions/core/plan.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { ADMIN, CLUSTER, clusters, KEEPER, policyOf, roleOf, SUSPECT } from './cases/eks-seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const cluster = target('cluster', CLUSTER);
const editor = {
  policies: [{ policy: 'AmazonEKSViewPolicy' }, { policy: 'AmazonEKSEditPolicy', namespaces: ['shop'] }],
};
let under: AccountUnderTest;
afterEach(() => under.close());

async function plan(seed: object = clusters(), about: Target = cluster, principal = SUSPECT) {
  under = await AccountUnderTest.start(seed);
  return planCase(removeClusterAccess, { target: about, params: { principal } }, under);
}

async function removed(seed?: object) {
  const { planned } = await plan(seed);
  const session = await under.session(removeClusterAccess, planned);
  await removeClusterAccess.execute(planned, session, execution);
  return { planned, session };
}

function entries() {
  const all = under.cloud.region(ACCOUNT, REGION).eks?.clusters[CLUSTER]?.accessEntries;
  if (!all) throw new Error('the cluster is gone');
  return all;
}
const policies = () => entries()[SUSPECT]?.policies ?? {};
const scopes = () =>
  Object.entries(policies()).map(([arn, { scope, namespaces }]) => [arn, scope, namespaces]);

test.each<[string, Target, string]>([
  ['no cluster', target('cluster', 'none'), 'TargetNotFoundError'],
  ['no name of one', target('cluster', '../prod'), 'TargetNotFoundError'],
  ['a wildcard', target('cluster', '*'), 'TargetNotFoundError'],
  ['another account’s of the same name', { ...cluster, account: '444455556666' }, 'TargetNotFoundError'],
  [
    'a cluster of ECS',
    { ...cluster, arn: `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/${CLUSTER}` },
    'NotOursError',
  ],
])('bad input is named: %s', async (_, about, name) => {
  await expect(plan(clusters(), about)).rejects.toMatchObject({ name, target: `cluster ${about.id}` });
});

test('a principal without an entry is not found', async () => {
  await expect(plan(clusters(), cluster, roleOf('nobody'))).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: `access of role nobody to cluster ${CLUSTER} does not exist, or no longer does`,
  });
});

test.each([
  'deploy',
  `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/session`,
  `arn:aws:iam::${ACCOUNT}:root`,
  `arn:aws:iam::${ACCOUNT}:role/*`,
  `arn:aws:iam::${ACCOUNT}:role/${'x'.repeat(700)}`,
])('a principal is a role or user by its ARN, not %s', (principal) => {
  expect(removeClusterAccess.params.safeParse({ principal }).success).toBe(false);
});

test.each([
  [
    'an entry without policies',
    clusters({ policies: [] }),
    'NothingToDoError',
    'comes from no access policy',
  ],
  [
    'a cluster with a ConfigMap only',
    clusters({}, { authenticationMode: 'CONFIG_MAP' }),
    'WrongStateError',
    'kubectl',
  ],
  ['a cluster on its way out', clusters({}, { status: 'DELETING' }), 'WrongStateError', 'is DELETING'],
])('%s gets no plan', async (_, seed, name, words) => {
  await expect(plan(seed)).rejects.toMatchObject({ name, message: expect.stringContaining(words) });
});

const serviceRole = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`;
test.each([
  ['has less power', { policies: [{ policy: 'AmazonEKSAdminPolicy' }] }],
  ['has power in a namespace alone', { policies: [{ policy: ADMIN, namespaces: ['shop'] }] }],
  ['has no policies', { policies: [] }],
  ['is a role of AWS’s own', { principalArn: serviceRole }],
])('the last administrator is not removed, where who is left %s', async (_, keeper) => {
  await expect(plan(clusters({}, {}, keeper))).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'cluster prod is administered by this principal alone: removing it would lock everybody out; give somebody else AmazonEKSClusterAdminPolicy first',
  });
});

test('who is no administrator can be removed, though nobody else administers the cluster', async () => {
  const { planned } = await plan(clusters(editor, {}, { policies: [] }));
  expect(planned.expected).toEqual({ policies: [] });
});

test('two administrators are not both removed: the second plan, made anew, is refused', async () => {
  await removed();
  const second = planCase(removeClusterAccess, { target: cluster, params: { principal: KEEPER } }, under);
  await expect(second).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'cluster prod is administered by this principal alone: removing it would lock everybody out; give somebody else AmazonEKSClusterAdminPolicy first',
  });
});

test('what was given is counted, what stays is said, and what was not read is unknown', async () => {
  const tags = { 'aws:cloudformation:stack-name': 'platform' };
  const mode = { authenticationMode: 'API_AND_CONFIG_MAP', tags };
  const { answer } = await plan(clusters({ ...editor, kubernetesGroups: ['a', 'b'] }, mode));
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([2, null, null, 1]);
  expect(answer.change).toContain('its 2 group(s)');
  expect(answer.change).toContain('aws-auth ConfigMap');
  await under.close();
  const one = await plan(clusters({ policies: [{ policy: ADMIN, namespaces: ['a', 'b'] }] }));
  expect(one.answer.blastRadius.map(({ count }) => count)).toEqual([1, 2, null]);
  expect(one.answer.change).not.toMatch(/group|ConfigMap/);
});

test('a tag of the entry protects as one of the cluster does', async () => {
  expect((await plan(clusters({ tags: { 'sallyport:protected': '' } }))).planned.protectedTarget).toBe(true);
  await under.close();
  expect((await plan(clusters({ tags: { protected: '' } }))).planned.protectedTarget).toBe(false);
});

test('a policy that got another scope since is left alone, both ways, and the others are not', async () => {
  const { planned } = await plan(clusters(editor));
  const session = await under.session(removeClusterAccess, planned);
  const wider = { scope: 'cluster', namespaces: [], associatedAt: new Date().toISOString() } as const;
  policies()[policyOf('AmazonEKSEditPolicy')] = wider;
  await removeClusterAccess.execute(planned, session, execution);
  expect(scopes()).toEqual([[policyOf('AmazonEKSEditPolicy'), 'cluster', []]]);
  expect((await removeClusterAccess.verify(planned, session, execution)).status).toBe('not-done');
  await expect(removeClusterAccess.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'access of role deploy to cluster prod is given another scope by somebody since, for 1 of its policies: that is left as it is; compare it with the plan, and change it by hand if it is wrong',
  });
  expect(scopes().sort()).toEqual([
    [policyOf('AmazonEKSEditPolicy'), 'cluster', []],
    [policyOf('AmazonEKSViewPolicy'), 'cluster', []],
  ]);
});

test('a policy that somebody gave since stays through a rollback', async () => {
  const { planned, session } = await removed(clusters(editor));
  const given = { scope: 'cluster', namespaces: [], associatedAt: new Date().toISOString() } as const;
  policies()[policyOf('AmazonEKSSecretReaderPolicy')] = given;
  await removeClusterAccess.rollback(planned, session, execution);
  expect(Object.keys(policies()).sort()).toEqual(
    ['AmazonEKSEditPolicy', 'AmazonEKSSecretReaderPolicy', 'AmazonEKSViewPolicy'].map(policyOf),
  );
});

test('an entry that somebody made anew gets nothing back', async () => {
  const { planned, session } = await removed();
  const { accessEntryArn = '' } = entries()[SUSPECT] ?? {};
  Object.assign(entries()[SUSPECT] ?? {}, { accessEntryArn: accessEntryArn.replace(/[^/]+$/, 'another') });
  await expect(removeClusterAccess.rollback(planned, session, execution)).rejects.toThrow(
    /made anew by somebody since/,
  );
  expect(scopes()).toEqual([]);
});

test('an entry that was deleted since is done, and cannot be rolled back', async () => {
  const { planned, session } = await removed();
  delete entries()[SUSPECT];
  await removeClusterAccess.execute(planned, session, execution);
  expect((await removeClusterAccess.verify(planned, session, execution)).status).toBe('done');
  await expect(removeClusterAccess.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'access of role deploy to cluster prod does not exist, or no longer does',
  });
});
