import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { GetRoleCommand, GetUserCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, type Credentials, type Fixture, now, startFixture, stolen } from './account-fixture.ts';

let fixture: Fixture;
let fresh: CloudState;
let clock = now;

beforeAll(async () => {
  fixture = await startFixture({ clock: () => clock });
  fresh = fixture.cloud.snapshot();
});
beforeEach(() => {
  clock = now;
  fixture.cloud.restore(fresh);
});
afterAll(() => fixture.server.close());

const responder = { RoleArn: `arn:aws:iam::${account}:role/responder`, RoleSessionName: 'incident-1' };

async function assume(input: AssumeRoleCommandInput, credentials?: Credentials): Promise<Credentials> {
  const answer = await fixture.sts(credentials).send(new AssumeRoleCommand(input));
  return {
    accessKeyId: answer.Credentials?.AccessKeyId ?? '',
    secretAccessKey: answer.Credentials?.SecretAccessKey ?? '',
    sessionToken: answer.Credentials?.SessionToken ?? '',
  };
}

describe('AssumeRole', () => {
  it('gives a session of the role, with its source identity', async () => {
    const session = await assume({ ...responder, SourceIdentity: 'incident-1' });
    const identity = await fixture.sts(session).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: account,
      Arn: `arn:aws:sts::${account}:assumed-role/responder/incident-1`,
    });
    expect(fixture.calls.at(-1)?.caller).toMatchObject({
      sourceIdentity: 'incident-1',
      roleArn: responder.RoleArn,
    });
  });

  it('narrows the role by a session policy', async () => {
    const Policy = JSON.stringify({
      Statement: { Effect: 'Allow', Action: 'iam:GetUser', Resource: `arn:aws:iam::${account}:user/admin` },
    });
    const session = await assume({ ...responder, Policy });
    await fixture.iam(session).send(new GetUserCommand({ UserName: 'admin' }));
    const other = fixture.iam(session).send(new GetUserCommand({ UserName: 'ci-deploy' }));
    await expect(other).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        `User: arn:aws:sts::${account}:assumed-role/responder/incident-1 is not authorized to perform: iam:GetUser ` +
        `on resource: arn:aws:iam::${account}:user/robots/ci-deploy because no session policy allows the iam:GetUser action`,
    });
  });

  it('needs an identity policy where the trust policy names the account only', async () => {
    await expect(assume(responder, stolen)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('needs the trust policy and its conditions to hold', async () => {
    const guarded = { RoleArn: `arn:aws:iam::${account}:role/guarded`, RoleSessionName: 'probe' };
    await expect(assume(guarded)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume({ ...guarded, ExternalId: 'wrong' })).rejects.toMatchObject({ name: 'AccessDenied' });
    await assume({ ...guarded, ExternalId: 'open sesame' });
    const web = { RoleArn: `arn:aws:iam::${account}:role/web`, RoleSessionName: 'probe' };
    await expect(assume(web)).rejects.toThrow(/no resource-based policy allows the sts:AssumeRole action/);
  });

  it('refuses roles that do not exist and odd names', async () => {
    const missing = { RoleArn: `arn:aws:iam::${account}:role/none`, RoleSessionName: 'probe' };
    await expect(assume(missing)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume({ ...responder, RoleSessionName: 'no spaces' })).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await expect(assume({ ...responder, Policy: '{' })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
  });
});

describe('sessions', () => {
  it('are of no use without their token, with another one, or after their end', async () => {
    const session = await assume(responder);
    const call = (credentials: Credentials) =>
      fixture.iam(credentials).send(new GetUserCommand({ UserName: 'admin' }));
    const { sessionToken: _token, ...withoutToken } = session;
    await expect(call(withoutToken)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(call({ ...session, sessionToken: 'guess' })).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    await call(session);
    clock = new Date(now.getTime() + 3_600_001);
    await expect(call(session)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  it('end with a deny by token issue time, while later ones live', async () => {
    const old = await assume(responder);
    clock = new Date(now.getTime() + 1000);
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { DateLessThan: { 'aws:TokenIssueTime': clock.toISOString() } },
        },
      ],
    });
    const policy = { RoleName: 'responder', PolicyName: 'RevokeOlderSessions', PolicyDocument };
    await fixture.iam().send(new PutRolePolicyCommand(policy));
    const role = new GetRoleCommand({ RoleName: 'web' });
    await expect(fixture.iam(old).send(role)).rejects.toThrow(/explicit deny/);
    await fixture.iam(await assume(responder)).send(role);
  });

  it('belong to registered roles too, within their boundary', async () => {
    const arn = 'arn:aws:iam::999988887777:role/sallyport-tool';
    const statement = { Effect: 'Allow', Action: ['sts:AssumeRole', 'ec2:*'], Resource: '*' } as const;
    fixture.side.principals.register({
      arn,
      trustPolicy: { Statement: [] },
      identityPolicies: [{ Statement: statement }],
      boundary: { Statement: { ...statement, Action: 'ec2:*' } },
    });
    const session = fixture.side.principals.issueSession({ roleArn: arn, sessionName: 'run' });
    const { Reservations } = await fixture.ec2(session).send(new DescribeInstancesCommand({}));
    expect(Reservations).toEqual([]);
    await expect(assume(responder, session)).rejects.toThrow(/permissions boundary/);
  });
});
