import { DeleteLoginProfileCommand, GetLoginProfileCommand } from '@aws-sdk/client-iam';
import { type ActionCase, target } from '../action-case.ts';
import { allowing, callOf } from './seeds.ts';

const loginProfile = { createDate: '2026-06-01T08:00:00Z' };
const iam = {
  users: [
    { userName: 'fresh', loginProfile },
    {
      userName: 'bob',
      path: '/people/',
      loginProfile,
      passwordLastUsed: '-PT3H',
      accessKeys: [{ accessKeyId: 'AKIABOB000000000000A' }],
      mfaDevices: [{ serialNumber: 'arn:aws:iam::111122223333:mfa/bob', enableDate: '-P20D' }],
      inlinePolicies: { read: allowing('s3:Get*') },
    },
    { userName: 'dana', tags: { 'sallyport:protected': '' }, loginProfile },
    { userName: 'alice', loginProfile },
  ],
};

const common = (name: string) =>
  ({
    target: target('user', name),
    seed: { iam },
    innocent: (account) =>
      Object.values(account.iam.users).map((user) =>
        user.userName === name ? { ...user, loginProfile: undefined } : user,
      ),
    byHand: (account) => {
      const user = account.iam.users[name];
      if (user) user.loginProfile = { ...loginProfile, passwordResetRequired: false };
    },
    trespasses: () => [
      new DeleteLoginProfileCommand({ UserName: 'alice' }),
      new GetLoginProfileCommand({ UserName: 'alice' }),
    ],
  }) satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common('fresh'), name: 'a user who never signed in' },
  {
    ...common('bob'),
    name: 'a user with a path, a key and an MFA device',
    activity: [callOf('bob', { sessionCredentialFromConsole: 'true' })],
  },
  { ...common('dana'), name: 'a user whom people protect' },
];
