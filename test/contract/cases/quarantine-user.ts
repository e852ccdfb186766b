import { DeleteUserPolicyCommand, GetUserPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { type ActionCase, target } from '../action-case.ts';
import { allowing, callOf } from './seeds.ts';

const read = allowing('s3:Get*');
const seed = {
  iam: {
    users: [
      { userName: 'fresh' },
      { userName: 'ci-deploy', path: '/robots/', inlinePolicies: { read, write: allowing('s3:Put*') } },
      { userName: 'dana', tags: { 'sallyport:protected': '' }, loginProfile: { createDate: '-P80D' } },
      { userName: 'alice', inlinePolicies: { read } },
    ],
  },
};

const others = (name: string): Pick<ActionCase, 'target' | 'seed' | 'innocent' | 'trespasses'> => ({
  target: target('user', name),
  seed,
  innocent: ({ iam }) => [
    Object.values(iam.users).filter((user) => user.userName !== name),
    iam.users[name]?.inlinePolicies.read,
    iam.users[name]?.loginProfile,
  ],
  trespasses: () => [
    new PutUserPolicyCommand({
      UserName: 'alice',
      PolicyName: 'any',
      PolicyDocument: JSON.stringify(allowing('*')),
    }),
    new DeleteUserPolicyCommand({ UserName: 'alice', PolicyName: 'read' }),
    new GetUserPolicyCommand({ UserName: 'alice', PolicyName: 'read' }),
  ],
});

export const cases: readonly ActionCase[] = [
  { ...others('fresh'), name: 'a user without a policy of any kind' },
  {
    ...others('ci-deploy'),
    name: 'a user with a path and policies of its own',
    activity: [callOf('ci-deploy')],
  },
  { ...others('dana'), name: 'a user whom people protect' },
];
