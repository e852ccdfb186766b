import { GetRoleCommand, type IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { account, type Fixture, startFixture } from './account-fixture.ts';

let fixture: Fixture;
let iam: IAMClient;
beforeAll(async () => {
  fixture = await startFixture();
  iam = fixture.iam();
});
afterAll(() => fixture.server.close());

const trusting = (more: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...more }],
  });
const update = (PolicyDocument: string, RoleName = 'web') =>
  iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));

it('is written as it is put, and read back encoded', async () => {
  const document = trusting({ Principal: { AWS: '444455556666' } });
  await update(document);
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'web' }));
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(document);
});

it.each([
  ['no JSON', 'nonsense', 'MalformedPolicyDocumentException'],
  ['nobody', trusting({}), 'MalformedPolicyDocumentException'],
  ['a resource', trusting({ Principal: '*', Resource: '*' }), 'MalformedPolicyDocumentException'],
  [
    'somebody who was deleted',
    trusting({ Principal: { AWS: ['AROADELETED0000000000'] } }),
    'MalformedPolicyDocumentException',
  ],
  [
    'more than fits',
    trusting({ Principal: { AWS: Array.from({ length: 160 }, () => '444455556666') } }),
    'LimitExceededException',
  ],
])('with %s is refused', async (_, document, name) => {
  await expect(update(document)).rejects.toMatchObject({ name });
});

it('of a role that is not there, or AWS’s own, is refused', async () => {
  const document = trusting({ Principal: '*' });
  await expect(update(document, 'nobody')).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  const { roles } = fixture.cloud.account(account).iam;
  const { web } = roles;
  if (web) roles.linked = { ...web, roleName: 'linked', path: '/aws-service-role/support.amazonaws.com/' };
  await expect(update(document, 'linked')).rejects.toMatchObject({ name: 'UnmodifiableEntityException' });
});
