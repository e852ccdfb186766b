import { AddPermissionCommand, GetPolicyCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import type { Statement } from '../../../sandbox/authorize/policy.ts';
import { ACCOUNT, type ActionCase, REGION, target } from '../action-case.ts';
import { arnOf, FUNCTION, fromBucket, functions, granting, INNOCENT_FUNCTION } from './lambda-seeds.ts';

const PARTNER = '444455556666';
const inside = granting('inside', { AWS: `arn:aws:iam::${ACCOUNT}:role/web` });

/** As only PutResourcePolicy writes it: two actions, and a condition that AddPermission does not know. */
const written = granting(
  'written',
  { AWS: [`arn:aws:iam::${PARTNER}:root`] },
  {
    Action: ['lambda:InvokeFunction', 'lambda:GetFunction'],
    Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
  },
);

const strangers = (resource = arnOf(FUNCTION)) => [
  granting('public', '*', {}, resource),
  granting(
    'url',
    '*',
    {
      Action: 'lambda:InvokeFunctionUrl',
      Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
    },
    resource,
  ),
  granting('via-url', '*', { Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } } }, resource),
  granting('partner', { AWS: `arn:aws:iam::${PARTNER}:root` }, {}, resource),
  granting('partner-role', { AWS: `arn:aws:iam::${PARTNER}:role/deploy` }, {}, resource),
  granting(
    'organisation',
    '*',
    { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } },
    resource,
  ),
  granting(
    'their-topic',
    { Service: 'sns.amazonaws.com' },
    { Condition: { ArnLike: { 'AWS:SourceArn': `arn:aws:sns:${REGION}:${PARTNER}:all` } } },
    resource,
  ),
];

const common = {
  target: target('function', FUNCTION),
  innocent: ({ iam, regions }) => {
    const { [FUNCTION]: changed, ...others } = regions[REGION]?.lambda?.functions ?? {};
    return [iam, others, changed?.policy.inside, changed?.policy.uploads, changed?.aliases.other];
  },
  trespasses: () => [
    new RemovePermissionCommand({ FunctionName: arnOf(INNOCENT_FUNCTION), StatementId: 'all' }),
    new AddPermissionCommand({
      FunctionName: arnOf(INNOCENT_FUNCTION),
      StatementId: 'more',
      Action: 'lambda:InvokeFunction',
      Principal: '*',
    }),
    new GetPolicyCommand({ FunctionName: arnOf(FUNCTION, 'other') }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'strangers of every kind beside those from inside',
    seed: functions({ policy: { Statement: [inside, ...strangers(), fromBucket] } }),
  },
  {
    ...common,
    name: 'an alias',
    params: { qualifier: 'live' },
    seed: functions({
      policy: { Statement: [inside] },
      aliases: [
        { name: 'live', policy: { Statement: strangers(arnOf(FUNCTION, 'live')) } },
        { name: 'other', policy: { Statement: strangers(arnOf(FUNCTION, 'other')) } },
      ],
    }),
  },
  {
    ...common,
    name: 'a statement that AddPermission cannot write, of a function that people protect',
    seed: functions({
      policy: { Statement: [written, granting('partner', { AWS: `arn:aws:iam::${PARTNER}:root` })] },
      tags: { 'sallyport:protected': '' },
    }),
    byHand: ({ regions }) => {
      const policy = regions[REGION]?.lambda?.functions[FUNCTION]?.policy;
      if (policy) policy.written = written as Statement;
    },
  },
];
