import { afterEach, describe, expect, test } from 'vitest';
import { removeFunctionPermission } from '../../functions/actions/remove-function-permission/action.ts';
import { permissionOf } from '../../functions/actions/remove-function-permission/permission.ts';
import type { Execution } from '../../functions/core/account.ts';
import { strangersOf } from '../../functions/core/function-strangers.ts';
import { AwsError, type CallRecord } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, REGION, target } from './action-case.ts';
import { arnOf, FUNCTION, fromBucket, functions, granting } from './cases/lambda-seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const partner = granting('partner', { AWS: 'arn:aws:iam::444455556666:root' });
const everybody = granting('public', '*');
let under: AccountUnderTest | undefined;
afterEach(() => under?.close());

interface Situation {
  readonly statements?: readonly object[];
  readonly more?: object;
  readonly id?: string;
  readonly qualifier?: string;
  readonly sabotage?: (record: CallRecord) => void;
}

async function plan({ statements = [], more, id = FUNCTION, qualifier, sabotage }: Situation) {
  const policy = statements.length === 0 ? {} : { policy: { Statement: statements } };
  under = await AccountUnderTest.start(functions({ ...policy, ...more }), [], sabotage);
  const params = qualifier === undefined ? {} : { qualifier };
  return {
    under,
    ...(await planCase(removeFunctionPermission, { target: target('function', id), params }, under)),
  };
}

async function removed(situation: Situation) {
  const { under: world, planned } = await plan(situation);
  const session = await world.session(removeFunctionPermission, planned);
  await removeFunctionPermission.execute(planned, session, execution);
  const { policy } = world.cloud.region(ACCOUNT, REGION).lambda?.functions[FUNCTION] ?? {};
  if (!policy) throw new Error('the function is gone');
  return { planned, session, policy };
}

describe('whom a statement lets in from outside', () => {
  const service = (Condition?: object) =>
    granting('any', { Service: 'sns.amazonaws.com' }, Condition ? { Condition } : {});
  const all = (Condition: object) => granting('any', '*', { Condition });

  test.each<[string, object, readonly string[]]>([
    ['everybody', everybody, ['everybody']],
    ['everybody, written as an AWS principal', granting('any', { AWS: ['*'] }), ['everybody']],
    ['everybody but somebody', { Effect: 'Allow', NotPrincipal: { AWS: ACCOUNT } }, ['everybody']],
    ['an account by its root', partner, ['444455556666']],
    ['an account by its id', granting('any', { AWS: '444455556666' }), ['444455556666']],
    ['a session', granting('any', { AWS: 'arn:aws:sts::444455556666:assumed-role/a/b' }), ['444455556666']],
    [
      'two at once',
      granting('any', { AWS: [`arn:aws:iam::${ACCOUNT}:root`, '444455556666'] }),
      ['444455556666'],
    ],
    ['own principals', granting('any', { AWS: `arn:aws:iam::${ACCOUNT}:role/web` }), []],
    ['who was deleted', granting('any', { AWS: 'AROAEXAMPLE000000000A' }), []],
    ['a deny', { ...everybody, Effect: 'Deny' }, []],
    ['a service without a condition', service(), ['everybody']],
    ['an own bucket', fromBucket, []],
    ['a bucket by its name', service({ ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::uploads' } }), []],
    [
      "another account's bucket",
      service({
        ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::uploads' },
        StringEquals: { 'AWS:SourceAccount': '444455556666' },
      }),
      ['444455556666'],
    ],
    [
      "another account's topic",
      service({ ArnLike: { 'AWS:SourceArn': 'arn:aws:sns:eu-west-1:444455556666:a' } }),
      ['444455556666'],
    ],
    ['any topic of anybody', service({ ArnLike: { 'AWS:SourceArn': 'arn:aws:sns:*:*:*' } }), ['everybody']],
    ['an Alexa skill', service({ StringEquals: { 'lambda:EventSourceToken': 'amzn1.ask.skill.x' } }), []],
    ['everybody in the own account', all({ StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }), []],
    ['everybody in any account', all({ StringLike: { 'aws:PrincipalAccount': '*' } }), ['everybody']],
    [
      'everybody, unless it is said otherwise',
      all({ StringEqualsIfExists: { 'aws:PrincipalAccount': ACCOUNT } }),
      ['everybody'],
    ],
    [
      'everybody but an account',
      all({ StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } }),
      ['everybody'],
    ],
    ['an organisation', all({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }), ['o-abcdefghij']],
    ['a public URL', all({ StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } }), ['everybody']],
  ])('%s', (_, statement, strangers) => {
    expect(strangersOf(statement as never, ACCOUNT)).toEqual(strangers);
  });
});

test.each<[string, object]>([
  ['two actions', { ...partner, Action: ['lambda:InvokeFunction', 'lambda:GetFunction'] }],
  ['one action in a list', { ...partner, Action: ['lambda:InvokeFunction'] }],
  ['two principals', granting('any', { AWS: ['444455556666', '555566667777'] })],
  ['a principal that was deleted', granting('any', { AWS: 'AROAEXAMPLE000000000A' })],
  ['another resource', { ...partner, Resource: arnOf(FUNCTION, 'live') }],
  ['an address', { ...partner, Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }],
  ['a list of accounts', { ...partner, Condition: { StringEquals: { 'AWS:SourceAccount': ['1', '2'] } } }],
  ['another operator', { ...partner, Condition: { StringLike: { 'AWS:SourceArn': 'arn:aws:s3:::a' } } }],
  ['a member that is new', { ...partner, Since: '2027' }],
  ['no id', { ...partner, Sid: undefined }],
])('AddPermission does not write %s', (_, statement) => {
  expect(permissionOf(statement as never, arnOf(FUNCTION))).toBeUndefined();
});

test.each([
  ['no policy', {}],
  ['a policy for those inside', { statements: [fromBucket] }],
  ['no such alias', { statements: [everybody], qualifier: 'dead' }],
])('%s lets in no stranger: there is nothing to do', async (_, situation) => {
  await expect(plan(situation)).rejects.toMatchObject({
    name: 'NothingToDoError',
    message:
      'the policy of function checkout already lets in nobody from outside the account: there is nothing to do',
  });
});

test.each([
  ['no-such', 'TargetNotFoundError'],
  ['checkout:live', 'TargetNotFoundError'],
  ['sallyport-ingest', 'NotOursError'],
])('bad input is named: %s', async (id, name) => {
  await expect(plan({ statements: [everybody], id })).rejects.toMatchObject({
    name,
    target: `function ${id}`,
  });
});

test.each(['a:b', '*', '', 'x'.repeat(129)])('a qualifier is an alias or a version, not %s', (qualifier) => {
  expect(removeFunctionPermission.params.safeParse({ qualifier }).success).toBe(false);
});

test('a statement without an id cannot be removed, and says so before anything is done', async () => {
  const { Sid: _, ...nameless } = everybody;
  await expect(plan({ statements: [nameless] })).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'the policy of function checkout is open through a statement without an id: RemovePermission cannot name it; write the policy anew by hand with PutResourcePolicy',
  });
});

test('accounts that lose access are counted, everybody is not, and no id of a statement is repeated', async () => {
  const accounts = await plan({ statements: [partner, granting('theirs', { AWS: '555566667777' })] });
  expect(accounts.answer.blastRadius.map(({ count }) => count)).toEqual([2, 2]);
  expect(accounts.answer.change).toContain('444455556666, 555566667777');
  expect(accounts.answer.change).not.toContain('partner');
  await under?.close();
  const more = { tags: { 'aws:cloudformation:stack-name': 'shop' } };
  const { answer } = await plan({ statements: [everybody, partner], more });
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([2, null, 1]);
});

test('a statement that somebody changed since is left alone, and seen', async () => {
  const { planned, under: world } = await plan({ statements: [everybody, partner] });
  const { policy = {} } = world.cloud.region(ACCOUNT, REGION).lambda?.functions[FUNCTION] ?? {};
  policy.partner = granting('partner', { AWS: 'arn:aws:iam::444455556666:role/new' }) as never;
  const session = await world.session(removeFunctionPermission, planned);
  await removeFunctionPermission.execute(planned, session, execution);
  expect(Object.keys(policy)).toEqual(['partner']);
  expect((await removeFunctionPermission.verify(planned, session, execution)).status).toBe('not-done');
});

test('a policy that changes between reading and removing is read again', async () => {
  const sabotage = ({ operation }: CallRecord) => {
    if (operation !== 'RemovePermission') return;
    const state = under?.cloud.region(ACCOUNT, REGION).lambda?.functions[FUNCTION];
    Object.assign(state?.policy ?? {}, { late: granting('late', { AWS: '555566667777' }) });
  };
  await expect(removed({ statements: [everybody], sabotage })).rejects.toMatchObject({
    name: 'NotYetError',
    message: 'the policy of function checkout is still being changed; the same change is tried again',
    $retryable: {},
  });
});

test('what has the id of a statement by now is not overwritten, and the others come back', async () => {
  const { planned, session, policy } = await removed({ statements: [everybody, partner] });
  const other = granting('partner', { AWS: 'arn:aws:iam::555566667777:root' });
  Object.assign(policy, { partner: other });
  await expect(removeFunctionPermission.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'WrongStateError',
    message:
      'statement partner of function checkout is another one by now: compare the two, and put the right one by hand',
  });
  expect(policy).toEqual({ partner: other, public: everybody });
});

test('what AddPermission refuses is left to a person, and the others come back', async () => {
  const sabotage = ({ operation, input }: CallRecord) => {
    if (operation === 'AddPermission' && 'StatementId' in input && input.StatementId === 'partner')
      throw new AwsError('InvalidParameterValueException', 'The provided principal was invalid.');
  };
  const { planned, session, policy } = await removed({ statements: [partner, everybody], sabotage });
  await expect(removeFunctionPermission.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'CannotRestoreError',
    message:
      'statement partner of function checkout cannot be restored: Lambda refuses its principal, which was probably deleted since',
  });
  expect(policy).toEqual({ public: everybody });
});

test('a function that was deleted since is done, and cannot be rolled back', async () => {
  const { planned, session } = await removed({ statements: [everybody] });
  delete under?.cloud.region(ACCOUNT, REGION).lambda?.functions[FUNCTION];
  expect((await removeFunctionPermission.verify(planned, session, execution)).status).toBe('done');
  await expect(removeFunctionPermission.rollback(planned, session, execution)).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'function checkout does not exist, or no longer does',
  });
});
