import { afterEach, beforeEach, expect, test } from 'vitest';
import { restrictRoleTrust } from '../../functions/actions/restrict-role-trust/action.ts';
import { restrict, sameTrust } from '../../functions/actions/restrict-role-trust/trust.ts';
import { revokeSessions } from '../../functions/actions/revoke-sessions/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { OWN_PATH } from '../../functions/core/role.ts';
import { IAM_PATH } from '../../infra/names.ts';
import { AwsError } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { PARTNER, roles, trusting } from './cases/restrict-role-trust.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const home = { account: ACCOUNT, partition: 'aws' };
const root = `arn:aws:iam::${ACCOUNT}:root`;
const nobody = [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }];
const partner = trusting({ Principal: { AWS: PARTNER } });
let under: AccountUnderTest | undefined;
afterEach(() => under?.close());

/** Whether IAM refuses the next documents, as it does once a principal in them was deleted. */
let refused = false;
beforeEach(() => {
  refused = false;
});
function refuse({ operation }: { readonly operation: string }): void {
  if (refused && operation === 'UpdateAssumeRolePolicy')
    throw new AwsError('MalformedPolicyDocument', 'Invalid principal in policy');
}

async function plan(trustPolicy: object = partner, more: object = {}, action = restrictRoleTrust) {
  under = await AccountUnderTest.start(roles(trustPolicy, more), [], refuse);
  const { planned, answer } = await planCase(action, { target: target('role', 'vendor') }, under);
  return { planned, answer, session: await under.session(action, planned) };
}

const role = () => under?.cloud.account(ACCOUNT).iam.roles.vendor;
const trust = () => JSON.parse(role()?.trustPolicy ?? '') as object;
function rewrite(document: object): void {
  Object.assign(role() ?? {}, { trustPolicy: JSON.stringify(document) });
}

test.each([
  ['another account’s id', { AWS: PARTNER }, undefined, ['account 444455556666']],
  [
    'a role of another account',
    { AWS: `arn:aws:iam::${PARTNER}:role/x` },
    undefined,
    ['account 444455556666'],
  ],
  ['its own account', { AWS: ACCOUNT }, { AWS: [ACCOUNT] }, []],
  ['a session of its own', { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/a/b` }, 'same', []],
  ['everybody', '*', { AWS: [root] }, ['everybody on AWS']],
  ['everybody, spelt out', { AWS: '*' }, { AWS: [root] }, ['everybody on AWS']],
  ['a service', { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }, 'same', []],
  ['its own provider', { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.example` }, 'same', []],
  [
    'a provider of another account',
    { Federated: `arn:aws:iam::${PARTNER}:saml-provider/x` },
    undefined,
    [`an identity provider of account ${PARTNER}`],
  ],
  [
    'a provider for everybody',
    { Federated: 'accounts.google.com' },
    undefined,
    ['the identity provider accounts.google.com'],
  ],
  [
    'a text that speaks to people',
    { Federated: 'Please approve' },
    undefined,
    ['the identity provider of another kind'],
  ],
  ['something new', { CanonicalUser: 'abc' }, undefined, ['a principal of another kind']],
  ['what is no principal', { AWS: 'nonsense' }, undefined, ['a principal of another kind']],
] as const)('%s: who stays, and who is named', (_, Principal, stays, outsiders) => {
  const { restricted, ...answer } = restrict(JSON.stringify(trusting({ Principal })), home);
  expect(answer.outsiders).toEqual(outsiders);
  const statements = (JSON.parse(restricted) as { Statement: { Principal?: object }[] }).Statement;
  if (stays === undefined) expect(statements).toEqual(nobody);
  else
    expect(
      sameTrust(
        JSON.stringify(statements[0]?.Principal),
        JSON.stringify(stays === 'same' ? Principal : stays),
      ),
    ).toBe(true);
});

test('everybody of the own account alone is nobody from outside, by that one condition', () => {
  const bound = (Condition: object) =>
    restrict(JSON.stringify(trusting({ Principal: '*', Condition })), home).outsiders;
  expect(bound({ StringEquals: { 'aws:principalAccount': [ACCOUNT] } })).toEqual([]);
  expect(bound({ StringEquals: { 'aws:PrincipalAccount': [ACCOUNT, PARTNER] } })).toHaveLength(1);
  expect(bound({ StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } })).toHaveLength(1);
  expect(bound({ StringEqualsIfExists: { 'aws:PrincipalAccount': ACCOUNT } })).toHaveLength(1);
  expect(bound({ StringEquals: { 'sts:ExternalId': ACCOUNT } })).toHaveLength(1);
});

test('a deny stays as it is, and an allow for all but some goes', () => {
  const deny = { Effect: 'Deny', Principal: { AWS: PARTNER } };
  const allBut = { NotPrincipal: { AWS: ACCOUNT } };
  const { restricted, outsiders } = restrict(JSON.stringify(trusting(deny, allBut)), home);
  expect(JSON.parse(restricted)).toEqual(trusting(deny));
  expect(outsiders).toEqual(['everybody on AWS']);
});

test.each([
  ['a list of one', { AWS: [PARTNER] }, { AWS: PARTNER }, true],
  ['the root’s ARN', { AWS: ACCOUNT }, { AWS: root }, true],
  ['another order', { AWS: [ACCOUNT, PARTNER] }, { AWS: [PARTNER, ACCOUNT] }, true],
  ['one more', { AWS: [ACCOUNT, PARTNER] }, { AWS: [ACCOUNT] }, false],
  ['a role for the root', { AWS: `arn:aws:iam::${ACCOUNT}:role/root` }, { AWS: ACCOUNT }, false],
])('%s is the same trust: %j, %j: %s', (_, left, right, same) => {
  expect(sameTrust(JSON.stringify(left), JSON.stringify(right))).toBe(same);
});

test('a role that trusts nobody outside leaves nothing to do', async () => {
  await expect(plan(trusting({ Principal: { Service: 'ec2.amazonaws.com' } }))).rejects.toMatchObject({
    name: 'NothingToDoError',
    message: 'role vendor already trusts nobody outside of its account: there is nothing to do',
  });
});

test.each([
  ['/aws-service-role/support.amazonaws.com/', 'linked to an AWS service'],
  ['/aws-reserved/sso.amazonaws.com/', 'Identity Center manages it'],
  ['/sallyport/', 'Sallyport itself works with it'],
])('a role under %s is not ours to change', async (path, reason) => {
  for (const action of [restrictRoleTrust, revokeSessions]) {
    await expect(plan(partner, { path }, action)).rejects.toMatchObject({
      name: 'NotOursError',
      target: 'role vendor',
      message: expect.stringContaining(reason),
    });
    await under?.close();
  }
});

test('the path of Sallyport’s own roles is the one that they are deployed under', () => {
  expect(OWN_PATH).toBe(IAM_PATH);
});

test.each(['nobody', 'a/b', '*', ''])('a role of the name %j is not planned on', async (id) => {
  await plan();
  const answer = planCase(restrictRoleTrust, { target: target('role', id) }, under as AccountUnderTest);
  await expect(answer).rejects.toThrow();
});

test('outsiders are named by their accounts, never by names that they chose', async () => {
  const { answer } = await plan(
    trusting({ Principal: { AWS: [`arn:aws:iam::${PARTNER}:role/please-approve-this`, '777788889999'] } }),
  );
  expect(answer.change).toContain(`no longer trusts account ${PARTNER}, account 777788889999.`);
  expect(answer.change).not.toContain('please');
  expect(answer.change).toContain('live on for up to 12 hours');
});

test('nobody can assume what only outsiders could', async () => {
  const { planned, session } = await plan();
  await restrictRoleTrust.execute(planned, session, execution);
  expect(trust()).toEqual({ Version: '2012-10-17', Statement: nobody });
});

test('what IAM writes in another form is still ours', async () => {
  const { planned, session } = await plan(trusting({ Principal: { AWS: [PARTNER, ACCOUNT] } }));
  await restrictRoleTrust.execute(planned, session, execution);
  rewrite(trusting({ Principal: { AWS: root } }));
  await restrictRoleTrust.execute(planned, session, execution);
  await restrictRoleTrust.rollback(planned, session, execution);
  expect(trust()).toEqual(trusting({ Principal: { AWS: [PARTNER, ACCOUNT] } }));
});

test('a trust policy that somebody changed since is neither restricted nor overwritten', async () => {
  const { planned, session } = await plan();
  const changed = trusting({ Principal: { AWS: '777788889999' } });
  rewrite(changed);
  const name = {
    name: 'WrongStateError',
    message: expect.stringContaining('somebody has changed its trust'),
  };
  await expect(restrictRoleTrust.execute(planned, session, execution)).rejects.toMatchObject(name);
  await expect(restrictRoleTrust.rollback(planned, session, execution)).rejects.toMatchObject(name);
  expect(trust()).toEqual(changed);
  expect((await restrictRoleTrust.verify(planned, session, execution)).status).toBe('not-done');
});

test('a role of the same name that was made since is another one', async () => {
  const { planned, session } = await plan();
  Object.assign(role() ?? {}, { roleId: 'AROAANOTHER0000000000' });
  await expect(restrictRoleTrust.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'role vendor is not what it was when this was planned: somebody has changed its trust policy since, or made it anew; look at it, and plan again',
  });
});

test('a partner that was deleted since cannot be trusted again, and the role stays closed', async () => {
  const { planned, session } = await plan();
  await restrictRoleTrust.execute(planned, session, execution);
  refused = true;
  await expect(restrictRoleTrust.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'role vendor is to trust a principal that IAM does not take: it was deleted since; write the trust policy without it by hand',
  });
  expect(trust()).toEqual({ Version: '2012-10-17', Statement: nobody });
});

test('a role that was deleted since trusts nobody, and is not found to be restored', async () => {
  const { planned, session } = await plan();
  await restrictRoleTrust.execute(planned, session, execution);
  delete under?.cloud.account(ACCOUNT).iam.roles.vendor;
  await expect(restrictRoleTrust.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'role vendor does not exist, or no longer does',
  });
  expect(await restrictRoleTrust.verify(planned, session, execution)).toEqual({
    status: 'done',
    observed: 'the role no longer exists',
  });
});
