import { ListFunctionUrlConfigsCommand, UpdateFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { arnOf, FUNCTION, functions, granting, INNOCENT_FUNCTION } from './lambda-seeds.ts';

const common = {
  target: target('function', FUNCTION),
  innocent: ({ iam, regions }) => {
    const { [FUNCTION]: closed, ...others } = regions[REGION]?.lambda?.functions ?? {};
    return [iam, others, closed?.policy, closed?.aliases.signed, closed?.reservedConcurrency];
  },
  trespasses: () => [
    new UpdateFunctionUrlConfigCommand({ FunctionName: arnOf(INNOCENT_FUNCTION), AuthType: 'AWS_IAM' }),
    new UpdateFunctionUrlConfigCommand({ FunctionName: arnOf(`${FUNCTION}2`), AuthType: 'NONE' }),
    new ListFunctionUrlConfigsCommand({ FunctionName: INNOCENT_FUNCTION }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'a function with a public URL and a policy that lets everybody use it',
    seed: functions({
      url: { authType: 'NONE', invokeMode: 'RESPONSE_STREAM' },
      policy: {
        Statement: [
          granting('public', '*', {
            Action: 'lambda:InvokeFunctionUrl',
            Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
          }),
        ],
      },
    }),
  },
  {
    ...common,
    name: 'public URLs of two aliases beside one that is closed',
    seed: functions({
      aliases: [
        { name: 'live', url: { authType: 'NONE', id: 'livelivelive' } },
        { name: 'signed', url: { authType: 'AWS_IAM', id: 'signedsigned' } },
        { name: 'beta', url: { authType: 'NONE', id: 'betabetabeta' } },
        { name: 'none' },
      ],
    }),
  },
  {
    ...common,
    name: 'a function that people protect',
    seed: functions({ url: { authType: 'NONE' }, tags: { 'sallyport:protected': '' } }),
  },
];
