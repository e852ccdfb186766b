import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import * as z from 'zod';
import { type Account, defineAction } from '../core/account.ts';
import { NotOursError, TargetNotFoundError } from '../core/errors.ts';
import { footholds } from '../core/footholds.ts';
import { keptByCode } from '../core/infrastructure-as-code.ts';
import { isMissingAccessKey } from '../core/missing-access-key.ts';
import { OPENING, openedSessions } from '../core/opened-sessions.ts';
import type { PlannedAction } from '../core/plan.ts';
import { lookupInput, recentCalls } from '../core/recent-calls.ts';
import { isProtected } from '../core/reserved-tags.ts';
import { type Lookup, readTrail } from '../core/trail.ts';

const reads = [
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
  GetUserCommand,
  LookupEventsCommand,
] as const;
const writes = [UpdateAccessKeyCommand] as const;
type Reader = Account<typeof reads>;

/** The key's owner and status. Not when it was last used: that changes without anybody changing the key. */
const Before = z.strictObject({
  userName: z.string(),
  userArn: z.string(),
  status: z.enum(['Active', 'Inactive']),
});
const beforeOf = (planned: PlannedAction) => Before.parse(planned.before);

/** Makes a user's long-term access key unusable. Sessions that it opened live on: `revoke-sessions` ends them. */
export const deactivateAccessKey = defineAction({
  id: 'deactivate-access-key',
  title: 'Deactivate an access key',
  targets: ['access-key'],
  danger: 'medium',
  family: 'identity',
  order: 'credentials',
  answers: ['CreateAccessKey'],
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: ['iam:GetAccessKeyLastUsed', 'iam:ListAccessKeys', 'iam:GetUser', 'iam:UpdateAccessKey'],
      resources: ['arn:{partition}:iam::{account}:user/*'],
      narrow: (planned) => [beforeOf(planned).userArn],
    },
    { actions: ['cloudtrail:LookupEvents'], resources: ['*'] },
  ],

  async plan(target, _params, account) {
    const userName = await ownerOf(target.id, account);
    const { User } = await account.send(new GetUserCommand({ UserName: userName }));
    const status = await statusOf(target.id, userName, account);
    if (!status) throw new TargetNotFoundError(`access key ${target.id} of user ${userName}`);
    const lookup: Lookup = (question) =>
      account.send(new LookupEventsCommand(lookupInput(question, account.now)), question.region);
    const used = await readTrail(
      { kind: 'access-key', id: target.id, account: account.id },
      account.region,
      lookup,
    );
    return {
      before: { userName, userArn: User?.Arn ?? '', status },
      expected: { status: 'Inactive' },
      change: `Access key ${target.id} of user ${userName} becomes Inactive: every call signed with it fails.`,
      undo: `Set access key ${target.id} to ${status} again.`,
      cannotRestore: [],
      blastRadius: [
        ...recentCalls(used),
        ...footholds(used),
        ...openedSessions(used, OPENING),
        ...keptByCode(User?.Tags),
      ],
      protectedTarget: isProtected(User?.Tags),
      observed: { id: target.id },
    };
  },

  async execute(planned, account) {
    const { userName } = beforeOf(planned);
    await account.send(
      new UpdateAccessKeyCommand({
        UserName: userName,
        AccessKeyId: planned.target.id,
        Status: 'Inactive',
      }),
    );
  },

  async verify(planned, account) {
    const status = await statusOf(planned.target.id, beforeOf(planned).userName, account);
    return status === 'Active'
      ? { status: 'not-done', observed: 'the key is Active' }
      : { status: 'done', observed: status ? 'the key is Inactive' : 'the key no longer exists' };
  },

  async rollback(planned, account) {
    const { userName, status } = beforeOf(planned);
    await account.send(
      new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: planned.target.id, Status: status }),
    );
  },
});

/** The finding's word for the owner is not taken: AWS says whose key it is. */
async function ownerOf(accessKeyId: string, account: Reader): Promise<string> {
  if (!accessKeyId.startsWith('AKIA'))
    throw new NotOursError(
      `access key ${accessKeyId}`,
      'it belongs to a session and cannot be deactivated; revoke the sessions of its role or user instead',
    );
  const answer = await account
    .send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }))
    .catch((error: unknown) => {
      throw isMissingAccessKey(error, accessKeyId)
        ? new TargetNotFoundError(`access key ${accessKeyId}`, { cause: error })
        : error;
    });
  if (answer.UserName === undefined)
    throw new NotOursError(
      `access key ${accessKeyId}`,
      'no IAM user owns it; a root key is for the owner to remove',
    );
  return answer.UserName;
}

async function statusOf(
  accessKeyId: string,
  userName: string,
  account: Reader,
): Promise<'Active' | 'Inactive' | undefined> {
  const { AccessKeyMetadata: keys } = await account.send(new ListAccessKeysCommand({ UserName: userName }));
  const key = keys?.find((one) => one.AccessKeyId === accessKeyId);
  return key && (key.Status === 'Active' ? 'Active' : 'Inactive');
}
