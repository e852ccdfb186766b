import { ListAccessKeysCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { type ActionCase, target } from '../action-case.ts';

const STOLEN = 'AKIASTOLEN000000000A';
const OTHER = 'AKIAOTHER0000000000A';

export const cases: readonly ActionCase[] = [
  {
    name: 'an active key of a user with a path and a second key',
    target: target('access-key', STOLEN),
    seed: {
      iam: {
        users: [
          {
            userName: 'ci-deploy',
            path: '/robots/',
            accessKeys: [{ accessKeyId: STOLEN }, { accessKeyId: 'AKIASECOND000000000A' }],
          },
          { userName: 'alice', accessKeys: [{ accessKeyId: OTHER }] },
        ],
      },
    },
    activity: [
      {
        eventTime: '-PT35M',
        eventName: 'RunInstances',
        eventSource: 'ec2.amazonaws.com',
        sourceIPAddress: '198.51.100.7',
        userIdentity: { type: 'IAMUser', userName: 'ci-deploy', accessKeyId: STOLEN },
      },
    ],
    innocent: ({ iam }) => [iam.users.alice, iam.users['ci-deploy']?.accessKeys[1]],
    trespasses: () => [
      new UpdateAccessKeyCommand({ UserName: 'alice', AccessKeyId: OTHER, Status: 'Inactive' }),
      new ListAccessKeysCommand({ UserName: 'alice' }),
    ],
  },
];
