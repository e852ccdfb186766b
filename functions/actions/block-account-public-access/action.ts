import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { bucketResource } from '../../core/bucket.ts';
import { NothingToDoError, NotOursError, WrongStateError } from '../../core/errors.ts';
import type { PlannedAction } from '../../core/plan.ts';
import {
  describeAccess,
  everythingBlocked,
  PublicAccessBefore,
  sameAccess,
} from '../../core/public-access.ts';
import { blastRadius } from './blast-radius.ts';
import { type Reader, readSettings, reads, type Writer, writeSettings, writes } from './settings.ts';

const beforeOf = (planned: PlannedAction) => PublicAccessBefore.parse(planned.before);

/**
 * Shuts the public out of every bucket and access point of an account, whatever their own settings say: S3 applies the
 * stricter of the two. An organisation's policy may hold the settings, and then S3 refuses to change them here.
 */
export const blockAccountPublicAccess = defineAction({
  id: 'block-account-public-access',
  title: 'Block public access to all buckets of an account',
  targets: ['account'],
  danger: 'high',
  family: 'data',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    // The service reference knows no resource for the settings of an account, nor for the list of its buckets.
    {
      actions: ['s3:GetAccountPublicAccessBlock', 's3:PutAccountPublicAccessBlock', 's3:ListAllMyBuckets'],
      resources: ['*'],
    },
    { actions: ['s3:GetBucketPolicyStatus', 's3:GetBucketWebsite'], resources: [bucketResource()] },
  ],

  async plan({ id }, _params, account) {
    const settings = await readOpen(id, account);
    return {
      before: { settings },
      expected: { settings: everythingBlocked },
      change: `All four settings of S3 Block Public Access are on for the whole account ${id} (before: ${describeAccess(settings)}): nobody outside reaches any of its buckets through a public policy or ACL, and none can be made.`,
      undo:
        settings === null
          ? `Delete the settings of account ${id}, which had none.`
          : `Put the settings of account ${id} back: ${describeAccess(settings)}.`,
      cannotRestore: [],
      blastRadius: await blastRadius(account),
      // An account has no tags that S3 reads back; danger `high` asks for people already.
      protectedTarget: false,
      observed: { id },
    };
  },

  execute: (_planned, account) => writeSettings(everythingBlocked, account),

  async verify(_planned, account) {
    const settings = await readSettings(account);
    return {
      status: sameAccess(settings, everythingBlocked) ? 'done' : 'not-done',
      observed: `the account has ${describeAccess(settings)}`,
    };
  },

  rollback: (planned, account) => restore(planned, account),
});

/** Throws NotOursError for another account than the one that is open, NothingToDoError where all is blocked. */
async function readOpen(id: string, account: Reader) {
  if (id !== account.id)
    throw new NotOursError(
      `account ${id}`,
      `it is not account ${account.id}, in which this incident is handled`,
    );
  const settings = await readSettings(account);
  if (sameAccess(settings, everythingBlocked))
    throw new NothingToDoError(`account ${id}`, 'blocks all public access');
  return settings;
}

/** Throws WrongStateError where somebody set something else since. */
async function restore(planned: PlannedAction, account: Writer): Promise<void> {
  const { settings } = beforeOf(planned);
  const current = await readSettings(account);
  if (sameAccess(current, settings)) return;
  if (!sameAccess(current, everythingBlocked))
    throw new WrongStateError(
      `account ${account.id}`,
      `set to ${describeAccess(current)} by somebody else since`,
      'nothing was put back; decide which settings it shall have, and set those',
    );
  await writeSettings(settings, account);
}
