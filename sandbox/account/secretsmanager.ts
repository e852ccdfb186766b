import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import { AwsError, type Operation, operation, type Requirement, type Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { rotate } from './secretsmanager/rotation.ts';
import { arnOf, requirementOf, type Scope, secretOf } from './secretsmanager/scope.ts';
import { moveStage } from './secretsmanager/stages.ts';
import type { SecretState } from './secretsmanager/state.ts';

type Input = { readonly SecretId: string | undefined };
type Describe = secretsmanager.DescribeSecretCommandInput;
type Rotate = secretsmanager.RotateSecretCommandInput;
type UpdateStage = secretsmanager.UpdateSecretVersionStageCommandInput;

/** Secrets Manager: which versions a secret has and how it is rotated. No value is ever here to be read. */
export function accountSecretsService(cloud: Cloud): Service {
  return {
    signingName: 'secretsmanager',
    protocol: 'awsJson1_1',
    schemas: secretsmanager,
    operations: {
      DescribeSecret: onSecret<Describe>(cloud, 'DescribeSecret', noMore, shown),
      RotateSecret: onSecret<Rotate>(cloud, 'RotateSecret', rotationRequirements, rotate),
      UpdateSecretVersionStage: onSecret<UpdateStage>(
        cloud,
        'UpdateSecretVersionStage',
        ({ VersionStage = '' }) => ({ context: { 'secretsmanager:versionstage': VersionStage } }),
        moveStage,
      ),
    },
  };
}

/** What an operation asks for besides itself: condition keys, and other actions. */
interface More {
  readonly context?: Requirement['context'];
  readonly others?: readonly Requirement[];
}

function onSecret<In extends Input>(
  cloud: Cloud,
  name: string,
  more: (input: In, secret: SecretState | undefined) => More,
  handle: (secret: SecretState, input: In, scope: Scope) => object,
): Operation {
  return operation<In, object>({
    requires(input, { account }, { region }) {
      const scope = { cloud, account, region };
      const secret = secretOf(input.SecretId, scope);
      const { context, others = [] } = more(input, secret);
      return [requirementOf(name, input.SecretId, secret, scope, context), ...others];
    },
    handle(input, { account }, { region }) {
      const scope = { cloud, account, region };
      const secret = secretOf(input.SecretId, scope);
      if (!secret)
        throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      return handle(secret, input, scope);
    },
  });
}

function noMore(): More {
  return {};
}

/** Whoever rotates must be allowed to invoke the function (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html). */
function rotationRequirements({ RotationLambdaARN: given }: Rotate, secret: SecretState | undefined): More {
  const resource = given ?? secret?.rotationLambdaArn;
  return {
    ...(given === undefined ? {} : { context: { 'secretsmanager:rotationlambdaarn': given } }),
    others: resource === undefined ? [] : [{ action: 'lambda:InvokeFunction', resource }],
  };
}

function shown(secret: SecretState, _input: Describe, scope: Scope): object {
  return {
    ARN: arnOf(secret, scope),
    Name: secret.name,
    RotationEnabled: secret.rotationEnabled,
    RotationLambdaARN: secret.rotationLambdaArn,
    OwningService: secret.owningService,
    PrimaryRegion: secret.primaryRegion,
    DeletedDate: dateOf(secret.deletedDate),
    LastAccessedDate: dateOf(secret.lastAccessedDate),
    VersionIdsToStages: secret.versions,
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function dateOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
