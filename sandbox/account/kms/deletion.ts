import type * as kms from '@aws-sdk/client-kms';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { onKey } from './on-key.ts';
import type { KeyState, KeyStateName } from './state.ts';

const day = 86_400_000;
const pending: readonly KeyStateName[] = ['PendingDeletion', 'PendingReplicaDeletion'];

/** The way of a key into deletion and back (https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html). */
export function deletionOperations(cloud: Cloud): Record<string, Operation> {
  return {
    CancelKeyDeletion: onKey<kms.CancelKeyDeletionCommandInput, object>(
      cloud,
      'CancelKeyDeletion',
      (key, _input, arn) => cancel(key, arn),
    ),
    EnableKey: onKey<kms.EnableKeyCommandInput, object>(cloud, 'EnableKey', (key, _input, arn) =>
      enable(key, arn),
    ),
    ScheduleKeyDeletion: onKey<kms.ScheduleKeyDeletionCommandInput, object>(
      cloud,
      'ScheduleKeyDeletion',
      (key, { PendingWindowInDays: days = 30 }, arn) => schedule(cloud, key, arn, days),
    ),
  };
}

/** What comes back is disabled, whatever it was before; without its imported material it waits for that. */
function cancel(key: KeyState, arn: string): object {
  if (!pending.includes(key.keyState)) throw wrongState(key, arn);
  key.keyState = key.materialMissing ? 'PendingImport' : 'Disabled';
  delete key.deletionDate;
  delete key.pendingWindowInDays;
  return { KeyId: arn };
}

function enable(key: KeyState, arn: string): object {
  if (key.keyState !== 'Enabled' && key.keyState !== 'Disabled') throw wrongState(key, arn);
  key.keyState = 'Enabled';
  return {};
}

/** The waiting period of a primary key starts when its last replica is gone, so it has no date before. */
function schedule(cloud: Cloud, key: KeyState, arn: string, days: number): object {
  if (key.keyManager === 'AWS')
    throw new AwsError('AccessDeniedException', `${arn} is managed by AWS and cannot be deleted`);
  if (days < 7 || days > 30)
    throw new AwsError(
      'ValidationException',
      'PendingWindowInDays must be between 7 and 30 (days), both included',
    );
  if (pending.includes(key.keyState)) throw wrongState(key, arn);
  if (key.replicas > 0) {
    key.keyState = 'PendingReplicaDeletion';
    key.pendingWindowInDays = days;
  } else {
    key.keyState = 'PendingDeletion';
    key.deletionDate = new Date(cloud.now().getTime() + days * day).toISOString();
  }
  const DeletionDate = key.deletionDate === undefined ? undefined : new Date(key.deletionDate);
  return { KeyId: arn, KeyState: key.keyState, PendingWindowInDays: days, DeletionDate };
}

function wrongState({ keyState }: KeyState, arn: string): AwsError {
  const words = keyState.replaceAll(/(?<=.)(?=[A-Z])/g, ' ').toLowerCase();
  return new AwsError('KMSInvalidStateException', `${arn} is ${words}.`);
}
