import { RotateSecretCommand, UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { defineAction, type Execution } from '../../core/account.ts';
import { CannotRestoreError, NotYetError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { hasName } from '../../core/named-error.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { blastRadius } from './blast-radius.ts';
import { permissions } from './permissions.ts';
import {
  beforeOf,
  hasVersion,
  pendingVersion,
  readSecret,
  reads,
  rotatable,
  versionAt,
  writes,
} from './secret.ts';

/** The new version's id, and what makes a retry the same rotation: 32 to 64 characters, unique within one secret. */
const versionOf = ({ manifestHash }: Execution) => manifestHash;

/**
 * Has the secret's own rotation function put a new value in force, there and in what the secret opens, so that a
 * value that leaked is worth nothing. Nothing here ever sees a value.
 */
export const rotateSecret = defineAction({
  id: 'rotate-secret',
  title: 'Rotate a secret',
  targets: ['secret'],
  danger: 'high',
  family: 'data',
  order: 'credentials',
  params: z.strictObject({}),
  reads,
  writes,
  permissions,

  async plan(target, _params, account) {
    const secret = await readSecret(target.id, account);
    const before = rotatable(target.id, secret);
    return {
      before,
      expected: { current: 'a new version' },
      change: `The rotation function of secret ${target.id} makes a new value and puts it in force, in what the secret opens too. The old value stops working as soon as the function makes it so.`,
      undo: `Let version ${before.current} of secret ${target.id} count as current again, as long as it exists. Its password must then be set again in what it opens.`,
      cannotRestore: [
        'The old password in the database or service itself: the rotation function replaced it there. After the undo a person sets it again, or nothing that reads the secret can log in.',
        'Which version is AWSPREVIOUS: the rotated one keeps that label, so that the password in force is not lost.',
      ],
      blastRadius: [...blastRadius(secret, account.now), ...keptByCode(secret.Tags)],
      protectedTarget: isProtected(secret.Tags),
      observed: { id: target.id, arn: before.arn },
    };
  },

  async execute(planned, account, execution) {
    const { arn, current } = beforeOf(planned);
    const secret = await readSecret(planned.target.id, account);
    const isBegun = hasVersion(versionOf(execution), secret);
    // What was current is no longer: somebody else has rotated it, which is as good.
    if (isBegun || versionAt('AWSCURRENT', secret) !== current) return;
    try {
      await account.send(
        new RotateSecretCommand({ SecretId: arn, ClientRequestToken: versionOf(execution) }),
      );
    } catch (error) {
      if (!hasName(error, 'InvalidRequestException')) throw error;
      // The reasons that AWS may have are the ones that planning finds; this names the one that came up since.
      rotatable(planned.target.id, await readSecret(planned.target.id, account));
      throw error;
    }
  },

  async verify(planned, account, execution) {
    const name = `secret ${planned.target.id}`;
    try {
      const secret = await readSecret(planned.target.id, account);
      if (pendingVersion(secret) === versionOf(execution)) throw new NotYetError(name, 'being rotated');
      return versionAt('AWSCURRENT', secret) === beforeOf(planned).current
        ? { status: 'not-done', observed: 'the old version is still current' }
        : { status: 'done', observed: 'another version is current' };
    } catch (error) {
      if (!(error instanceof TargetNotFoundError)) throw error;
      return { status: 'done', observed: 'the secret no longer exists' };
    }
  },

  async rollback(planned, account, execution) {
    const { arn, current: old } = beforeOf(planned);
    const name = `secret ${planned.target.id}`;
    const secret = await readSecret(planned.target.id, account);
    const own = versionOf(execution);
    if (pendingVersion(secret) === own) throw new NotYetError(name, 'being rotated');
    const now = versionAt('AWSCURRENT', secret);
    if (now === old) return;
    if (!hasVersion(old, secret)) return refuseOrAccept(now === own, name, old);
    if (now !== own)
      throw new WrongStateError(
        name,
        'at a version that is not ours',
        'somebody rotated it since; that stays',
      );
    await account.send(
      new UpdateSecretVersionStageCommand({
        SecretId: arn,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: old,
        RemoveFromVersionId: own,
      }),
    );
  },
});

/** With the old version gone, a person gives the secret a value of their own, which then counts as undone. */
function refuseOrAccept(isOurs: boolean, name: string, version: string): void {
  if (isOurs)
    throw new CannotRestoreError(
      `version ${version} of ${name}`,
      'Secrets Manager no longer has it; set a value by hand, there and in what it opens, then ask for the rollback again',
    );
}
