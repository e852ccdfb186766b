import * as iam from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, type Fixture, now, region, startFixture, stolen } from './account-fixture.ts';

let fixture: Fixture;
let fresh: CloudState;
let client: iam.IAMClient;

beforeAll(async () => {
  fixture = await startFixture();
  fresh = fixture.cloud.snapshot();
  client = fixture.iam();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const user = { UserName: 'ci-deploy' };
const deny = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

describe('reading users', () => {
  it('describes a user with its path, tags and dates', async () => {
    const { User } = await client.send(new iam.GetUserCommand(user));
    expect(User).toMatchObject({
      Arn: `arn:aws:iam::${account}:user/robots/ci-deploy`,
      CreateDate: new Date('2026-07-16T09:30:00Z'),
      Tags: [{ Key: 'team', Value: 'platform' }],
    });
    expect(User?.UserId).toMatch(/^AIDA[A-Z2-7]{16}$/);
  });

  it('takes the caller when no user is named', async () => {
    const { User } = await client.send(new iam.GetUserCommand({}));
    expect(User?.UserName).toBe('admin');
  });

  it('lists groups, tags, devices and the console password', async () => {
    const groups = await client.send(new iam.ListGroupsForUserCommand(user));
    expect(groups.Groups?.map((group) => group.GroupName)).toEqual(['developers']);
    expect((await client.send(new iam.ListUserTagsCommand(user))).Tags).toHaveLength(1);
    expect((await client.send(new iam.ListMFADevicesCommand(user))).MFADevices).toHaveLength(1);
    const { LoginProfile } = await client.send(new iam.GetLoginProfileCommand(user));
    expect(LoginProfile?.PasswordResetRequired).toBe(false);
  });

  it('throws the modelled exception for what does not exist', async () => {
    const missing = client.send(new iam.GetUserCommand({ UserName: 'nobody' }));
    await expect(missing).rejects.toBeInstanceOf(iam.NoSuchEntityException);
    await expect(client.send(new iam.GetLoginProfileCommand({ UserName: 'admin' }))).rejects.toThrow(
      /Login Profile/,
    );
    await expect(client.send(new iam.GetRoleCommand({ RoleName: '__proto__' }))).rejects.toBeInstanceOf(
      iam.NoSuchEntityException,
    );
  });

  it('refuses names that IAM would not accept', async () => {
    for (const UserName of ['with space', 'x'.repeat(65), 'a/b'])
      await expect(client.send(new iam.GetUserCommand({ UserName }))).rejects.toMatchObject({
        name: 'ValidationError',
      });
  });
});

describe('access keys', () => {
  it('lists keys and says when one was last used', async () => {
    const { AccessKeyMetadata } = await client.send(new iam.ListAccessKeysCommand(user));
    expect(AccessKeyMetadata).toMatchObject([{ AccessKeyId: stolen.accessKeyId, Status: 'Active' }]);
    const used = await client.send(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId: stolen.accessKeyId }));
    expect(used).toMatchObject({
      UserName: 'ci-deploy',
      AccessKeyLastUsed: {
        LastUsedDate: new Date('2026-10-14T09:20:00Z'),
        ServiceName: 'ec2',
        Region: 'us-east-1',
      },
    });
  });

  it('notes when a key is used', async () => {
    await fixture.iam(stolen).send(new iam.ListAccessKeysCommand(user));
    const used = await client.send(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId: stolen.accessKeyId }));
    expect(used.AccessKeyLastUsed).toMatchObject({ LastUsedDate: now, ServiceName: 'iam', Region: region });
  });

  it('refuses a deactivated key until it is active again', async () => {
    const list = () => fixture.iam(stolen).send(new iam.ListAccessKeysCommand(user));
    await list();
    const update = { ...user, AccessKeyId: stolen.accessKeyId };
    await client.send(new iam.UpdateAccessKeyCommand({ ...update, Status: 'Inactive' }));
    await expect(list()).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await client.send(new iam.UpdateAccessKeyCommand({ ...update, Status: 'Active' }));
    await list();
  });

  it('creates a second key, which works, and no third', async () => {
    const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand(user));
    const made = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    expect(made.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    await fixture.iam(made).send(new iam.ListAccessKeysCommand(user));
    const third = client.send(new iam.CreateAccessKeyCommand(user));
    await expect(third).rejects.toBeInstanceOf(iam.LimitExceededException);
  });

  it('refuses an unknown key id and an unknown status', async () => {
    const unknown = { ...user, AccessKeyId: 'AKIANOSUCHKEY0000000' };
    await expect(
      client.send(new iam.UpdateAccessKeyCommand({ ...unknown, Status: 'Inactive' })),
    ).rejects.toBeInstanceOf(iam.NoSuchEntityException);
    await expect(client.send(new iam.GetAccessKeyLastUsedCommand(unknown))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    const odd = { ...user, AccessKeyId: stolen.accessKeyId, Status: 'Paused' as iam.StatusType };
    await expect(client.send(new iam.UpdateAccessKeyCommand(odd))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });
});

describe('login profiles', () => {
  const create = () =>
    client.send(
      new iam.CreateLoginProfileCommand({ ...user, Password: 'correct horse', PasswordResetRequired: true }),
    );

  it('are deleted once, and made again with a date of their own', async () => {
    await client.send(new iam.DeleteLoginProfileCommand(user));
    for (const gone of [new iam.GetLoginProfileCommand(user), new iam.DeleteLoginProfileCommand(user)])
      await expect(client.send(gone as iam.GetLoginProfileCommand)).rejects.toBeInstanceOf(
        iam.NoSuchEntityException,
      );
    await create();
    const { LoginProfile } = await client.send(new iam.GetLoginProfileCommand(user));
    expect(LoginProfile).toEqual({ UserName: 'ci-deploy', CreateDate: now, PasswordResetRequired: true });
  });

  it('are one for each user', async () => {
    await expect(create()).rejects.toBeInstanceOf(iam.EntityAlreadyExistsException);
    const nobody = new iam.CreateLoginProfileCommand({ UserName: 'nobody', Password: 'any' });
    await expect(client.send(nobody)).rejects.toBeInstanceOf(iam.NoSuchEntityException);
  });

  it('keep their password out of state and history', async () => {
    await client.send(new iam.DeleteLoginProfileCommand(user));
    await create();
    expect(JSON.stringify(fixture.cloud.snapshot())).not.toContain('correct horse');
  });

  it('need leave of their own', async () => {
    for (const command of [new iam.DeleteLoginProfileCommand(user), new iam.GetLoginProfileCommand(user)])
      await expect(fixture.iam(stolen).send(command as iam.GetLoginProfileCommand)).rejects.toMatchObject({
        name: 'AccessDenied',
      });
  });
});

describe('inline policies', () => {
  it('are answered percent-encoded, text for text, and act at once', async () => {
    const policy = { ...user, PolicyName: 'Contained' };
    await client.send(new iam.PutUserPolicyCommand({ ...policy, PolicyDocument: deny }));
    const { PolicyDocument } = await client.send(new iam.GetUserPolicyCommand(policy));
    expect(PolicyDocument).toContain('%22');
    expect(decodeURIComponent(PolicyDocument ?? '')).toBe(deny);
    const { PolicyNames } = await client.send(new iam.ListUserPoliciesCommand(user));
    expect(PolicyNames).toEqual(['Contained', 'deploy']);
    const denied = fixture.iam(stolen).send(new iam.ListAccessKeysCommand(user));
    await expect(denied).rejects.toThrow(/with an explicit deny in an identity-based policy/);
    await client.send(new iam.DeleteUserPolicyCommand(policy));
    await fixture.iam(stolen).send(new iam.ListAccessKeysCommand(user));
    await expect(client.send(new iam.GetUserPolicyCommand(policy))).rejects.toBeInstanceOf(
      iam.NoSuchEntityException,
    );
  });

  it('work for roles alike', async () => {
    const policy = { RoleName: 'web', PolicyName: 'Contained' };
    await client.send(new iam.PutRolePolicyCommand({ ...policy, PolicyDocument: deny }));
    const { PolicyDocument } = await client.send(new iam.GetRolePolicyCommand(policy));
    expect(decodeURIComponent(PolicyDocument ?? '')).toBe(deny);
    await client.send(new iam.DeleteRolePolicyCommand(policy));
    expect((await client.send(new iam.ListRolePoliciesCommand({ RoleName: 'web' }))).PolicyNames).toEqual([
      'read',
    ]);
  });

  it.each([
    ['not JSON', '{', iam.MalformedPolicyDocumentException],
    [
      'a principal',
      deny.replace('"Effect"', '"Principal":"*","Effect"'),
      iam.MalformedPolicyDocumentException,
    ],
    [
      'an unknown operator',
      deny.replace('}]', ',"Condition":{"Odd":{"aws:x":"1"}}}]'),
      iam.MalformedPolicyDocumentException,
    ],
    ['2048 characters too many', deny.replace('"*"', `"${'x'.repeat(2048)}"`), iam.LimitExceededException],
  ])('refuses a document with %s', async (_what, PolicyDocument, exception) => {
    const put = client.send(new iam.PutUserPolicyCommand({ ...user, PolicyName: 'p', PolicyDocument }));
    await expect(put).rejects.toBeInstanceOf(exception);
  });
});

describe('roles and managed policies', () => {
  it('describes a role, its tags, profiles and attached policies', async () => {
    const role = { RoleName: 'web' };
    const { Role } = await client.send(new iam.GetRoleCommand(role));
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
      Statement: [{}],
    });
    expect((await client.send(new iam.ListRoleTagsCommand(role))).Tags).toEqual([
      { Key: 'tier', Value: 'front' },
    ]);
    const profiles = await client.send(new iam.ListInstanceProfilesForRoleCommand(role));
    expect(profiles.InstanceProfiles?.[0]?.Roles?.[0]?.RoleName).toBe('web');
    const profile = await client.send(new iam.GetInstanceProfileCommand({ InstanceProfileName: 'web' }));
    expect(profile.InstanceProfile?.Arn).toBe(`arn:aws:iam::${account}:instance-profile/web`);
    const attached = await client.send(new iam.ListAttachedRolePoliciesCommand(role));
    expect(attached.AttachedPolicies?.map((policy) => policy.PolicyName)).toEqual(['Uploads']);
  });

  it('reads managed policies of the account and of AWS', async () => {
    const attached = await client.send(new iam.ListAttachedUserPoliciesCommand({ UserName: 'admin' }));
    const PolicyArn = attached.AttachedPolicies?.[0]?.PolicyArn;
    const { Policy } = await client.send(new iam.GetPolicyCommand({ PolicyArn }));
    expect(Policy).toMatchObject({ AttachmentCount: 1, DefaultVersionId: 'v1' });
    const version = await client.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    expect(decodeURIComponent(version.PolicyVersion?.Document ?? '')).toContain('"Action":"*"');
    const missing = client.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v9' }));
    await expect(missing).rejects.toBeInstanceOf(iam.NoSuchEntityException);
  });
});
