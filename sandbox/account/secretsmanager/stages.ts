import type { UpdateSecretVersionStageCommandInput } from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../wire/service.ts';
import { arnOf, type Scope } from './scope.ts';
import type { SecretState } from './state.ts';

/** The version that carries a staging label. */
export function versionAt(stage: string, { versions }: SecretState): string | undefined {
  return Object.keys(versions).find((version) => versions[version]?.includes(stage));
}

/**
 * Puts a label on a version, or on none. When AWSCURRENT moves, the version that it leaves becomes AWSPREVIOUS
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html).
 */
export function label(secret: SecretState, stage: string, version: string | undefined): void {
  const left = versionAt(stage, secret);
  const entries = Object.entries(secret.versions).map(([id, stages]): [string, readonly string[]] => {
    const others = stages.filter((one) => one !== stage);
    return [id, id === version ? [...others, stage] : others];
  });
  // Their order means nothing: a restored state must equal the one before.
  secret.versions = Object.fromEntries(entries.map(([id, stages]) => [id, stages.toSorted()]));
  if (stage === 'AWSCURRENT' && left !== version) label(secret, 'AWSPREVIOUS', left);
  forgetUnlabelled(secret);
}

/** Versions without a label are deprecated: DescribeSecret no longer shows them, and they are deleted. */
function forgetUnlabelled(secret: SecretState): void {
  const kept = Object.entries(secret.versions).filter(([, stages]) => stages.length > 0);
  secret.versions = Object.fromEntries(kept);
}

export function moveStage(
  secret: SecretState,
  input: UpdateSecretVersionStageCommandInput,
  scope: Scope,
): object {
  const { VersionStage: stage = '', MoveToVersionId: to, RemoveFromVersionId: from } = input;
  if (secret.deletedDate !== undefined)
    throw new AwsError('InvalidRequestException', 'The secret was marked for deletion.');
  if (to !== undefined && !Object.hasOwn(secret.versions, to))
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret version.",
    );
  const at = versionAt(stage, secret);
  if (at !== undefined && at !== to && at !== from)
    throw new AwsError(
      'InvalidParameterException',
      `The parameter RemoveFromVersionId can't be empty or another version: staging label ${stage} is attached to version ${at}.`,
    );
  if (stage === 'AWSCURRENT' && to === undefined)
    throw new AwsError('InvalidParameterException', 'AWSCURRENT can be moved, but not removed.');
  label(secret, stage, to);
  return { ARN: arnOf(secret, scope), Name: secret.name };
}
