import { GetUserCommand } from '@aws-sdk/client-iam';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { denyPrincipalByOrganization } from '../../functions/actions/deny-principal-by-organization/action.ts';
import { denyingOnly } from '../../functions/actions/deny-principal-by-organization/document.ts';
import type { Execution } from '../../functions/core/account.ts';
import { WrongStateError } from '../../functions/core/errors.ts';
import { PlannedAction } from '../../functions/core/plan.ts';
import { bindingPolicies } from '../../sandbox/account/organizations/binding.ts';
import { evaluate } from '../../sandbox/authorize/evaluate.ts';
import { AwsError, type CallRecord } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { GUARD, organization } from './cases/organization-seeds.ts';
import { allowing } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const KEY = 'AKIASTOLEN000000000A';
const OTHER_KEY = 'AKIAOTHER0000000000A';
const POLICY = `SallyportDeny-${INCIDENT}-${'a'.repeat(12)}`;
const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const any = { inlinePolicies: { any: allowing('*') } };
const trustPolicy = { Statement: { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' } };
const iam = {
  users: [
    { userName: 'bob', accessKeys: [{ accessKeyId: KEY }], ...any },
    { userName: 'bobby', accessKeys: [{ accessKeyId: OTHER_KEY }], ...any },
  ],
  roles: [
    { roleName: 'deploy', path: '/ci/', trustPolicy },
    { roleName: 'decide', path: '/sallyport/', trustPolicy },
    { roleName: 'AWSServiceRoleForECS', path: '/aws-service-role/ecs.amazonaws.com/', trustPolicy },
    {
      roleName: 'AWSReservedSSO_Admin_0123456789abcdef',
      path: '/aws-reserved/sso.amazonaws.com/',
      trustPolicy,
    },
  ],
};

let under: AccountUnderTest;
afterEach(() => under?.close());

async function start(seed: object = organization(), sabotage?: (record: CallRecord) => void) {
  under = await AccountUnderTest.start({ iam, ...seed }, [], sabotage);
}

async function prepare(
  seed?: object,
  about = target('user', 'bob'),
  sabotage?: (record: CallRecord) => void,
) {
  await start(seed, sabotage);
  const { planned, answer } = await planCase(denyPrincipalByOrganization, { target: about }, under);
  return { planned, answer, session: await under.session(denyPrincipalByOrganization, planned) };
}

const policies = () => Object.values(under.cloud.account(ACCOUNT).organization?.policies ?? {});
const own = () => policies().find(({ name }) => name === POLICY);

describe('the document', () => {
  const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);
  const path = fc.array(name, { maxLength: 3 }).map((parts) => ['', ...parts, ''].join('/'));
  const arn = fc
    .tuple(fc.constantFrom('role', 'user'), path, name)
    .map(([kind, at, of]) => `arn:aws:iam::${ACCOUNT}:${kind}${at}${of}`);

  const isDenied = (document: string, principalArn: string) => {
    const state = {
      id: 'p-own',
      name: 'own',
      description: '',
      tags: {},
      targets: [ACCOUNT],
      content: document,
    };
    const scps = bindingPolicies(ACCOUNT, {
      managementAccount: '999988887777',
      featureSet: 'ALL',
      serviceControlPolicies: true,
      administers: true,
      policies: { 'p-own': state },
    });
    const identityPolicies = [{ Statement: { Effect: 'Allow' as const, Action: '*', Resource: '*' } }];
    const request = {
      principalArn,
      account: ACCOUNT,
      action: 's3:ListAllMyBuckets',
      resource: '*',
      context: { 'aws:principalarn': principalArn },
    };
    return !evaluate({ identityPolicies, scps }, request).allowed;
  };

  test('denies the one principal, and nobody else', () => {
    fc.assert(
      fc.property(arn, arn, (one, other) => {
        const document = denyingOnly(one);
        expect(isDenied(document, one)).toBe(true);
        expect(isDenied(document, other)).toBe(other === one);
      }),
    );
  });

  test('spares who is near: longer, shorter, in another case, in another account', () => {
    fc.assert(
      fc.property(arn, name, (one, more) => {
        const near = [
          `${one}${more}`,
          one.slice(0, -1),
          one.replace('user', 'role').replace('role', 'user'),
          one.replace(ACCOUNT, '444455556666'),
          one.toUpperCase(),
        ];
        for (const other of near)
          if (other !== one) expect(isDenied(denyingOnly(one), other), other).toBe(false);
      }),
    );
  });

  test('is one statement under one condition, whatever the name says', () => {
    fc.assert(
      fc.property(arn, (one) => {
        expect(JSON.parse(denyingOnly(one))).toEqual({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: '*',
              Resource: '*',
              Condition: { StringEquals: { 'aws:PrincipalArn': one } },
            },
          ],
        });
      }),
    );
  });

  const odd = fc.constantFrom('*', '?', '$', '{', '}', '"', '\\', ' ', '!', '~', '\n', 'é');
  test('is refused for what a policy could read as a pattern or a variable', () => {
    fc.assert(
      fc.property(arn, odd, fc.nat(), (one, character, at) => {
        const start = one.indexOf('/') + 1;
        const place = start + (at % (one.length - start + 1));
        const bent = `${one.slice(0, place)}${character}${one.slice(place)}`;
        expect(() => denyingOnly(bent)).toThrow(WrongStateError);
      }),
    );
  });

  test.each(['*', '', `arn:aws:iam::${ACCOUNT}:root`, 'arn:aws:iam::*:role/deploy', `${ACCOUNT}`])(
    'is refused for %s',
    (text) => {
      expect(() => denyingOnly(text)).toThrow(WrongStateError);
    },
  );
});

test('the user can do nothing, nobody else loses anything, until the rollback', async () => {
  const { planned, session } = await prepare();
  const list = (accessKeyId: string) =>
    under
      .open({ accessKeyId, secretAccessKey: 'any' } as never, [GetUserCommand], 'read')
      .send(new GetUserCommand({ UserName: 'bob' }));
  await list(KEY);
  await denyPrincipalByOrganization.execute(planned, session, execution);
  await expect(list(KEY)).rejects.toThrow('explicit deny in a service control policy');
  await list(OTHER_KEY);
  await denyPrincipalByOrganization.rollback(planned, session, execution);
  await list(KEY);
});

test.each([
  ['an account in no organization', {}, 'is in no organization'],
  ['no delegation', organization({}, 0, { administers: false }), 'not one that may manage the policies'],
  ['the management account', organization({}, 0, { managementAccount: ACCOUNT }), 'management account'],
  [
    'consolidated billing',
    organization({}, 0, { featureSet: 'CONSOLIDATED_BILLING' }),
    'without all features',
  ],
  [
    'the type turned off',
    organization({}, 0, { serviceControlPolicies: false }),
    'does not use service control',
  ],
])('%s gets no plan, and is told why', async (_, seed, words) => {
  await start(seed);
  const planning = planCase(denyPrincipalByOrganization, { target: target('user', 'bob') }, under);
  await expect(planning).rejects.toMatchObject({
    name: 'WrongStateError',
    target: 'account 111122223333',
    message: expect.stringContaining(words),
  });
});

test.each([
  ['nobody', 'TargetNotFoundError'],
  ['decide', 'NotOursError'],
  ['AWSServiceRoleForECS', 'NotOursError'],
  ['AWSReservedSSO_Admin_0123456789abcdef', 'NotOursError'],
])('role %s is refused', async (role, name) => {
  await start();
  const planning = planCase(denyPrincipalByOrganization, { target: target('role', role) }, under);
  await expect(planning).rejects.toMatchObject({ name, target: `role ${role}` });
});

test('a role whose path holds a wildcard is refused before anybody is asked', async () => {
  await start();
  Object.assign(under.cloud.account(ACCOUNT).iam.roles.deploy ?? {}, { path: '/*/' });
  const planning = planCase(denyPrincipalByOrganization, { target: target('role', 'deploy') }, under);
  await expect(planning).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'the principal is under a path or name that a policy could read as a pattern: a policy on it could deny others too; contain it with an inline policy, which needs no name',
  });
});

test('a path as long as IAM allows fits into the plan that people read, and into the policy', async () => {
  await start();
  const path = `/${'a'.repeat(510)}/`;
  Object.assign(under.cloud.account(ACCOUNT).iam.roles.deploy ?? {}, { path });
  const { planned } = await planCase(
    denyPrincipalByOrganization,
    { target: target('role', 'deploy') },
    under,
  );
  expect(PlannedAction.parse(planned).target.arn).toBe(`arn:aws:iam::${ACCOUNT}:role${path}deploy`);
  const session = await under.session(denyPrincipalByOrganization, planned);
  await denyPrincipalByOrganization.execute(planned, session, execution);
  expect((await denyPrincipalByOrganization.verify(planned, session, execution)).status).toBe('done');
});

test('an account with no room for another policy says so, and the rollback leaves nothing behind', async () => {
  const policies = organization({}, 3).organization.policies.map((one) => ({ ...one, targets: [ACCOUNT] }));
  const seed = { organization: { policies } };
  const { planned, session, answer } = await prepare(seed);
  const before = under.resources();
  expect(answer.blastRadius.find(({ what }) => what.includes('quota'))?.count).toBe(5);
  await expect(denyPrincipalByOrganization.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'service control policy SallyportDeny-INC-0123456789ABCDEF-aaaaaaaaaaaa is one more than AWS Organizations allows (MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED): detach a service control policy that is not needed from the account, merge two into one, or delete an unused one',
  });
  await denyPrincipalByOrganization.rollback(planned, session, execution);
  expect(under.resources()).toEqual(before);
});

test.each([
  ['organizations:CreatePolicy', 'DuplicatePolicyException'],
  ['organizations:AttachPolicy', 'ConcurrentModificationException'],
])('%s that AWS answers with %s is tried again', async (operation, code) => {
  let busy = true;
  const { planned, session } = await prepare(undefined, undefined, (record) => {
    if (busy && `${record.service}:${record.operation}` === operation) throw new AwsError(code, 'busy');
  });
  await expect(denyPrincipalByOrganization.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'NotYetError',
    $retryable: {},
  });
  busy = false;
  await denyPrincipalByOrganization.execute(planned, session, execution);
  expect((await denyPrincipalByOrganization.verify(planned, session, execution)).status).toBe('done');
});

test('somebody else’s policy of the name is neither used nor removed', async () => {
  const { planned, session } = await prepare(organization({ name: POLICY }));
  await expect(denyPrincipalByOrganization.execute(planned, session, execution)).rejects.toMatchObject({
    name: 'NotOursError',
    message:
      'service control policy SallyportDeny-INC-0123456789ABCDEF-aaaaaaaaaaaa is not ours to change: it is not what Sallyport writes under that name; read it, and delete it if nobody needs it',
  });
  await expect(denyPrincipalByOrganization.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'NotOursError',
    message:
      'service control policy SallyportDeny-INC-0123456789ABCDEF-aaaaaaaaaaaa is not ours to change: it is not what Sallyport writes under that name; read it, and delete it if nobody needs it',
  });
  expect(policies().map(({ id }) => id)).toEqual([GUARD]);
});

test('a document that somebody changed, or a policy that somebody detached, is not done', async () => {
  const { planned, session } = await prepare();
  const status = async () => (await denyPrincipalByOrganization.verify(planned, session, execution)).status;
  await denyPrincipalByOrganization.execute(planned, session, execution);
  const content = own()?.content;
  Object.assign(own() ?? {}, { content: '{"Statement":[]}' });
  expect(await status()).toBe('not-done');
  Object.assign(own() ?? {}, { content, targets: [] });
  expect(await status()).toBe('not-done');
  await denyPrincipalByOrganization.execute(planned, session, execution);
  expect(await status()).toBe('done');
});

test('a policy that somebody attached elsewhere too is taken from the account, and said to be left', async () => {
  const { planned, session } = await prepare();
  await denyPrincipalByOrganization.execute(planned, session, execution);
  Object.assign(own() ?? {}, { targets: [ACCOUNT, '444455556666'] });
  await expect(denyPrincipalByOrganization.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'service control policy SallyportDeny-INC-0123456789ABCDEF-aaaaaaaaaaaa is attached elsewhere by somebody: detach it there, then ask for the rollback again',
  });
  expect(own()?.targets).toEqual(['444455556666']);
});

test('two plans that deny the same principal do not undo each other', async () => {
  const { planned, session } = await prepare();
  const second = { ...execution, manifestHash: 'b'.repeat(64) };
  await denyPrincipalByOrganization.execute(planned, session, execution);
  await denyPrincipalByOrganization.execute(planned, session, second);
  await denyPrincipalByOrganization.rollback(planned, session, execution);
  expect((await denyPrincipalByOrganization.verify(planned, session, second)).status).toBe('done');
});
