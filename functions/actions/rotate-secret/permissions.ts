import type { Permission } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { beforeOf } from './secret.ts';

const SECRETS = ['arn:{partition}:secretsmanager:{region}:{account}:secret:*'];
const secretOf = (planned: PlannedAction) => [beforeOf(planned).arn];

export const permissions: readonly Permission[] = [
  { actions: ['secretsmanager:DescribeSecret'], resources: SECRETS, narrow: secretOf },
  {
    actions: ['secretsmanager:RotateSecret'],
    resources: SECRETS,
    // Whoever may name the function would be handed every new value: only the one that is set may do it.
    conditions: { Null: { 'secretsmanager:RotationLambdaARN': 'true' } },
    narrow: secretOf,
  },
  {
    actions: ['secretsmanager:UpdateSecretVersionStage'],
    resources: SECRETS,
    conditions: { StringEquals: { 'secretsmanager:VersionStage': 'AWSCURRENT' } },
    narrow: secretOf,
  },
  {
    actions: ['lambda:InvokeFunction'],
    resources: ['arn:{partition}:lambda:{region}:{account}:function:*'],
    narrow: (planned) => [beforeOf(planned).rotationFunction],
    dependent: 'RotateSecret asks in our name whether we may invoke the rotation function',
  },
];
