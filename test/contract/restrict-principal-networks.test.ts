import { afterEach, expect, test } from 'vitest';
import { restrictPrincipalNetworks } from '../../functions/actions/restrict-principal-networks/action.ts';
import type { Execution } from '../../functions/core/account.ts';
import { parsePolicy } from '../../sandbox/account/policies.ts';
import { evaluate } from '../../sandbox/authorize/evaluate.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { OFFICE, seed, VPC } from './cases/restrict-principal-networks.ts';
import { allowing, callOf } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const execution: Execution = { incident: INCIDENT, manifestHash: 'a'.repeat(64), intentAt: new Date() };
const POLICY = `SallyportKnownNetworks-${INCIDENT}-${'a'.repeat(12)}`;
let under: AccountUnderTest | undefined;
afterEach(() => under?.close());

async function prepare(params: object = { networks: OFFICE }, activity: readonly object[] = [], id = 'bob') {
  under = await AccountUnderTest.start(seed, activity);
  const about = { target: target('user', id), params: params as Record<string, string> };
  const { planned, answer } = await planCase(restrictPrincipalNetworks, about, under);
  return { planned, answer, session: await under.session(restrictPrincipalNetworks, planned) };
}

const policies = () => under?.cloud.account(ACCOUNT).iam.users.bob?.inlinePolicies ?? {};

test.each([
  [{}],
  [{ networks: '' }],
  [{ networks: '0.0.0.0/0' }],
  [{ networks: '::/0' }],
  [{ networks: `${OFFICE},0.0.0.0/0` }],
  [{ networks: '128.0.0.0/1' }],
  [{ networks: '10.0.0.0/8' }],
  [{ networks: '198.51.100.7/24' }],
  [{ networks: '198.51.100.7' }],
  [{ networks: `${OFFICE}, ${OFFICE}` }],
  [{ networks: `${OFFICE},` }],
  [{ networks: Array.from({ length: 21 }, (_, at) => `8.8.${at}.0/24`).join(',') }],
  [{ networks: `${OFFICE}"]}}],"x":[{"` }],
  [{ networks: OFFICE, vpcs: '' }],
  [{ networks: OFFICE, vpcs: '*' }],
  [{ networks: OFFICE, vpcs: `${VPC};vpc-1` }],
  [{ networks: OFFICE, everywhere: true }],
])('%j is no list of known networks', (params) => {
  expect(restrictPrincipalNetworks.params.safeParse(params).success).toBe(false);
});

test.each([
  ['from the office', { 'aws:sourceip': '198.51.100.7' }, true],
  ['from the other network', { 'aws:sourceip': '2001:db8::7' }, true],
  ['from elsewhere', { 'aws:sourceip': '203.0.113.7' }, false],
  ['by a service, from anywhere', { 'aws:sourceip': '203.0.113.7', 'aws:viaawsservice': 'true' }, true],
  ['over an endpoint of the VPC', { 'aws:sourcevpc': VPC }, true],
  ['over an endpoint of somebody else’s VPC', { 'aws:sourcevpc': 'vpc-0f00000000000000f' }, false],
  ['from nowhere that AWS knows', {}, false],
])('a call %s goes through: %s', async (_, context, allowed) => {
  const { planned, session } = await prepare({ networks: `${OFFICE},2001:db8::/32`, vpcs: VPC });
  await restrictPrincipalNetworks.execute(planned, session, execution);
  const written = parsePolicy(policies()[POLICY] ?? '');
  const arn = `arn:aws:iam::${ACCOUNT}:user/people/bob`;
  const decision = evaluate(
    { identityPolicies: [written, parsePolicy(JSON.stringify(allowing('s3:GetObject')))] },
    {
      principalArn: arn,
      account: ACCOUNT,
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::bucket/key',
      context: { 'aws:viaawsservice': 'false', ...context } as Record<string, string>,
    },
  );
  expect(decision.allowed).toBe(allowed);
});

test('a VPC that is not of this account would be a way around, and is no plan', async () => {
  const foreign = prepare({ networks: OFFICE, vpcs: `${VPC},vpc-0f00000000000000f` });
  await expect(foreign).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'one of the VPCs vpc-0a000000000000001, vpc-0f00000000000000f does not exist, or no longer does',
  });
});

test('nobody is restricted who does not exist', async () => {
  await expect(prepare({ networks: OFFICE }, [], 'nobody')).rejects.toMatchObject({
    name: 'TargetNotFoundError',
    message: 'user nobody does not exist, or no longer does',
  });
});

test('the blast radius tells what goes on from what ends', async () => {
  const from = (sourceIPAddress: string, more: object = {}) => callOf('bob', { sourceIPAddress, ...more });
  const { answer } = await prepare({ networks: OFFICE }, [
    from('198.51.100.7'),
    from('cloudformation.amazonaws.com'),
    from('203.0.113.7'),
    from('203.0.113.7'),
    from('203.0.113.8', { errorCode: 'AccessDenied' }),
    from('2001:db8::1'),
    from('10.0.0.7'),
  ]);
  expect(answer.blastRadius.map(({ count }) => count)).toEqual([3, 2, 1, 2]);
});

test('the plan names at most six places', async () => {
  const networks = Array.from({ length: 8 }, (_, at) => `8.8.${at}.0/24`).join(',');
  const { answer } = await prepare({ networks });
  expect(answer.change).toContain('8.8.5.0/24 or 2 more that its parameters name');
});

test('a policy of our name that somebody changed is not done, and neither overwritten nor deleted', async () => {
  const { planned, session } = await prepare();
  await restrictPrincipalNetworks.execute(planned, session, execution);
  const foreign = (policies()[POLICY] ?? '').replace(OFFICE, '0.0.0.0/0');
  policies()[POLICY] = foreign;
  expect((await restrictPrincipalNetworks.verify(planned, session, execution)).status).toBe('not-done');
  const refused = { name: 'NotOursError' };
  await expect(restrictPrincipalNetworks.execute(planned, session, execution)).rejects.toMatchObject(refused);
  await expect(restrictPrincipalNetworks.rollback(planned, session, execution)).rejects.toMatchObject(
    refused,
  );
  expect(policies()[POLICY]).toBe(foreign);
});

test('whoever was deleted since can call from nowhere', async () => {
  const { planned, session } = await prepare({ networks: OFFICE }, [], 'dana');
  delete under?.cloud.account(ACCOUNT).iam.users.dana;
  expect((await restrictPrincipalNetworks.verify(planned, session, execution)).status).toBe('done');
});
