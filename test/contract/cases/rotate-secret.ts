import {
  DescribeSecretCommand,
  RotateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { ACCOUNT, type ActionCase, REGION, target } from '../action-case.ts';

export const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:rotate-orders`;
export const CURRENT = '0a000000-0000-4000-8000-0000000000c0';
const NAME = 'shop/orders';
const INNOCENT = 'shop/payments';
const arnOf = (name: string) => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-AbCdEf`;

/** All but the target's versions that are not current: the rotated one stays as the one before. */
function restorable({ iam, regions }: AccountState): unknown {
  const { secretsmanager, ...rest } = regions[REGION] ?? {};
  const { versions = {}, ...secret } = secretsmanager?.secrets[NAME] ?? {};
  const current = Object.entries(versions).filter(([, stages]) => stages.includes('AWSCURRENT'));
  return [iam, rest, { ...secretsmanager?.secrets, [NAME]: secret }, current];
}

const secrets = (secret: object) => ({
  secretsmanager: {
    secrets: [
      { name: NAME, rotationLambdaArn: FUNCTION, current: CURRENT, ...secret },
      { name: INNOCENT, rotationLambdaArn: FUNCTION, previous: '0b000000-0000-4000-8000-0000000000b0' },
    ],
  },
});

const common = {
  target: target('secret', `${NAME}-AbCdEf`),
  restorable,
  innocent: ({ iam, regions }) => [iam, regions[REGION]?.secretsmanager.secrets[INNOCENT]],
  trespasses: () => [
    new DescribeSecretCommand({ SecretId: arnOf(INNOCENT) }),
    new RotateSecretCommand({ SecretId: arnOf(INNOCENT) }),
    new UpdateSecretVersionStageCommand({
      SecretId: arnOf(INNOCENT),
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: '0b000000-0000-4000-8000-0000000000b0',
    }),
    // Not even on the target: another function would be handed the new value, another label is not ours.
    new RotateSecretCommand({
      SecretId: arnOf(NAME),
      RotationLambdaARN: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:mallory`,
    }),
    new UpdateSecretVersionStageCommand({
      SecretId: arnOf(NAME),
      VersionStage: 'AWSPENDING',
      MoveToVersionId: CURRENT,
    }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'a secret that was never rotated', seed: secrets({}) },
  {
    ...common,
    name: 'a protected secret of a stack, rotated before',
    seed: secrets({
      previous: '0a000000-0000-4000-8000-0000000000b0',
      tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'shop' },
    }),
  },
  {
    ...common,
    name: 'a secret whose last rotation left its label on the current version',
    seed: secrets({ pending: CURRENT }),
  },
];
