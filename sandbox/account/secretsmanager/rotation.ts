import type { RotateSecretCommandInput } from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../wire/service.ts';
import { arnOf, type Scope } from './scope.ts';
import { label, versionAt } from './stages.ts';
import type { SecretState } from './state.ts';

/**
 * The rotation function is taken to do its work at once; AWS's takes seconds to minutes, so callers must not count on
 * it. The request's token is the new version's id, and the same token again is the same rotation
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html).
 */
export function rotate(secret: SecretState, input: RotateSecretCommandInput, scope: Scope): object {
  const { ClientRequestToken: version = '' } = input;
  const answer = { ARN: arnOf(secret, scope), Name: secret.name, VersionId: version };
  if (Object.hasOwn(secret.versions, version)) return answer;
  check(secret, input);
  secret.versions[version] = [];
  label(secret, 'AWSCURRENT', version);
  return answer;
}

function check(
  secret: SecretState,
  { ClientRequestToken: version = '', RotationLambdaARN }: RotateSecretCommandInput,
) {
  if (version.length < 32 || version.length > 64)
    throw new AwsError('InvalidParameterException', 'ClientRequestToken must have 32 to 64 characters.');
  if (RotationLambdaARN !== undefined)
    throw new AwsError('InvalidParameterException', 'The sandbox rotates only by the function that is set');
  if (secret.deletedDate !== undefined) throw invalid('the secret was marked for deletion');
  if (secret.primaryRegion !== undefined) throw invalid('it is a replica of another region');
  if (secret.rotationLambdaArn === undefined) throw invalid('no Lambda rotation function ARN is associated');
  const pending = versionAt('AWSPENDING', secret);
  if (pending !== undefined && pending !== versionAt('AWSCURRENT', secret))
    throw new AwsError(
      'InvalidRequestException',
      "A previous rotation isn't complete. That rotation will be reattempted.",
    );
}

function invalid(why: string): AwsError {
  return new AwsError('InvalidRequestException', `You can't rotate this secret: ${why}.`);
}
