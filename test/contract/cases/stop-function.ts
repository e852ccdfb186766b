import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { ACCOUNT, type ActionCase, REGION, target } from '../action-case.ts';
import { arnOf, FUNCTION, fromBucket, functions, INNOCENT_FUNCTION } from './lambda-seeds.ts';

const common = {
  target: target('function', FUNCTION),
  innocent: ({ iam, regions }) => {
    const { [FUNCTION]: stopped, ...others } = regions[REGION]?.lambda?.functions ?? {};
    return [iam, others, { ...stopped, reservedConcurrency: undefined }];
  },
  // What is lost, calls, is in no account's state: all of that comes back.
  restorable: ({ iam, regions }) => ({ iam, regions }),
  trespasses: () => [
    new PutFunctionConcurrencyCommand({
      FunctionName: arnOf(INNOCENT_FUNCTION),
      ReservedConcurrentExecutions: 0,
    }),
    new DeleteFunctionConcurrencyCommand({ FunctionName: arnOf(INNOCENT_FUNCTION) }),
    new GetFunctionConcurrencyCommand({ FunctionName: INNOCENT_FUNCTION }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'a function without a reservation', seed: functions() },
  {
    ...common,
    name: 'a function with a reservation and callers of every kind',
    seed: functions({
      reservedConcurrency: 20,
      url: { authType: 'NONE' },
      policy: { Statement: [fromBucket] },
      aliases: [{ name: 'live', url: { authType: 'AWS_IAM' } }],
      eventSources: [
        {
          uuid: '0a0a0a0a-0000-4000-8000-000000000001',
          eventSourceArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:orders`,
        },
      ],
    }),
  },
  {
    ...common,
    name: 'a function that people protect',
    seed: functions({ tags: { 'sallyport:protected': '' } }),
  },
];
