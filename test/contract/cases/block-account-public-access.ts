import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3-control';
import { ACCOUNT, type ActionCase, target } from '../action-case.ts';
import { buckets, OTHER_ACCOUNT, policyOf, reading } from './buckets.ts';

const common = {
  target: target('account', ACCOUNT),
  innocent: ({ s3, iam, regions }) => [s3?.buckets, iam, regions],
  trespasses: () => [
    new PutPublicAccessBlockCommand({ AccountId: OTHER_ACCOUNT, PublicAccessBlockConfiguration: {} }),
    new DeletePublicAccessBlockCommand({ AccountId: OTHER_ACCOUNT }),
    new GetPublicAccessBlockCommand({ AccountId: OTHER_ACCOUNT }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'an account with a public website and no settings',
    seed: buckets({ website: true, policy: policyOf(reading('*')) }),
  },
  {
    ...common,
    name: 'an account that blocks public policies alone',
    seed: buckets({}, { publicAccessBlock: { blockPublicPolicy: true } }),
  },
  {
    ...common,
    name: 'settings that were switched off are put back as such',
    seed: buckets({ region: 'us-east-1' }, { publicAccessBlock: {} }),
  },
];
