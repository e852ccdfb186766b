import {
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  RotateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { parseArn } from '../../core/arn.ts';
import { NotOursError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { fillResource } from '../../core/resource-pattern.ts';

export const reads = [DescribeSecretCommand] as const;
export const writes = [RotateSecretCommand, UpdateSecretVersionStageCommand] as const;
export type Reader = Account<typeof reads>;

/** The version in force and the function that makes the next one. Not when it was last read. */
const Before = z.strictObject({ arn: z.string(), rotationFunction: z.string(), current: z.string() });
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

/** A secret's name, with or without the six characters that Secrets Manager puts behind it in the ARN. */
const ID = /^[\w/+=.@-]{1,519}$/;
const SUFFIX = /^-[A-Za-z0-9]{6}$/;

/** Describes one secret of the account, never its value. Throws TargetNotFoundError. */
export async function readSecret(id: string, account: Reader): Promise<DescribeSecretCommandOutput> {
  const name = `secret ${id}`;
  if (!ID.test(id)) throw new TargetNotFoundError(name);
  const arn = fillResource(`arn:{partition}:secretsmanager:{region}:{account}:secret:${id}`, {
    account: account.id,
    region: account.region,
  });
  const secret = await account.send(new DescribeSecretCommand({ SecretId: arn })).catch((error: unknown) => {
    if (!hasName(error, 'ResourceNotFoundException')) throw error;
    throw new TargetNotFoundError(name, { cause: error });
  });
  const rest = secret.ARN?.startsWith(arn) ? secret.ARN.slice(arn.length) : undefined;
  // An ARN without its end may stand for more than one secret.
  if (rest !== '' && !SUFFIX.test(rest ?? '')) throw new TargetNotFoundError(name);
  return secret;
}

export function versionAt(stage: string, secret: DescribeSecretCommandOutput): string | undefined {
  const versions = Object.entries(secret.VersionIdsToStages ?? {});
  return versions.find(([, stages]) => stages.includes(stage))?.[0];
}

export function hasVersion(version: string, secret: DescribeSecretCommandOutput): boolean {
  return Object.hasOwn(secret.VersionIdsToStages ?? {}, version);
}

/** A version that a rotation has begun and not yet put in force. */
export function pendingVersion(secret: DescribeSecretCommandOutput): string | undefined {
  const pending = versionAt('AWSPENDING', secret);
  return pending === versionAt('AWSCURRENT', secret) ? undefined : pending;
}

/** Throws WrongStateError for what cannot be rotated now, NotOursError where a stranger would be handed the new value. */
export function rotatable(id: string, secret: DescribeSecretCommandOutput): Before {
  const name = `secret ${id}`;
  checkState(name, secret);
  const rotationFunction = secret.RotationLambdaARN ?? '';
  const { account, region } = parseArn(secret.ARN ?? '') ?? {};
  const owner = parseArn(rotationFunction);
  if (owner?.account !== account || owner?.region !== region)
    throw new NotOursError(
      name,
      'its rotation function is not of this account and region, and would be handed the new value',
    );
  return Before.parse({ arn: secret.ARN, rotationFunction, current: versionAt('AWSCURRENT', secret) });
}

function checkState(name: string, secret: DescribeSecretCommandOutput): void {
  if (secret.DeletedDate !== undefined)
    throw new WrongStateError(name, 'on its way into deletion', 'nobody can read it; restore it first');
  if (secret.OwningService !== undefined)
    throw new WrongStateError(name, 'managed by an AWS service', 'that service rotates it');
  if (secret.PrimaryRegion !== undefined && secret.PrimaryRegion !== parseArn(secret.ARN ?? '')?.region)
    throw new WrongStateError(name, 'a replica', 'its primary is rotated, in the region of that');
  if (!secret.RotationEnabled || secret.RotationLambdaARN === undefined)
    throw new WrongStateError(
      name,
      'without automatic rotation',
      'nobody knows how to change what it opens; whoever owns that must set a new value there and here',
    );
  if (pendingVersion(secret) !== undefined)
    throw new WrongStateError(
      name,
      'in the middle of a rotation',
      'wait until that is over; if it failed, its function needs repair first',
    );
  if (versionAt('AWSCURRENT', secret) === undefined)
    throw new WrongStateError(name, 'without a value', 'there is nothing to rotate');
}
