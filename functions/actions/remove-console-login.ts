import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DeleteLoginProfileCommand, GetLoginProfileCommand, GetUserCommand } from '@aws-sdk/client-iam';
import * as z from 'zod';
import { type Account, defineAction } from '../core/account.ts';
import { CannotRestoreError, TargetNotFoundError } from '../core/errors.ts';
import { hasName } from '../core/named-error.ts';
import type { Consequence, PlannedAction } from '../core/plan.ts';
import { lookupInput, recentCalls } from '../core/recent-calls.ts';
import { fromConsole, type Lookup, readTrail } from '../core/trail.ts';
import { readUser, UserIdentity } from '../core/user.ts';

const reads = [GetUserCommand, GetLoginProfileCommand, LookupEventsCommand] as const;
const writes = [DeleteLoginProfileCommand] as const;
type Reader = Account<typeof reads>;

const DAY = 24 * 60 * 60 * 1000;

/** Whose password, and since when there is one: what was made since is not what people approved to delete. */
const Before = UserIdentity.extend({ passwordSince: z.string() });
const beforeOf = (planned: PlannedAction) => Before.parse(planned.before);

/**
 * Deletes the password with which an IAM user signs in to the console. Keys, MFA devices and a console session that
 * is open stay: `deactivate-access-key`, `revoke-sessions` and `quarantine-user` are for those.
 *
 * AWS gives a password to nobody, so it cannot be given back. Making a new one would need `iam:CreateLoginProfile`,
 * the power to become any user who has no password, and would leave one that nobody knows: the user is locked out
 * until an administrator acts either way. So rollback changes nothing: it throws CannotRestoreError until a person
 * has set a new password, and counts as done from then on.
 */
export const removeConsoleLogin = defineAction({
  id: 'remove-console-login',
  title: 'Remove console login',
  targets: ['user'],
  danger: 'medium',
  family: 'identity',
  order: 'credentials',
  answers: ['CreateLoginProfile', 'UpdateLoginProfile'],
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: ['iam:GetUser', 'iam:GetLoginProfile', 'iam:DeleteLoginProfile'],
      resources: ['arn:{partition}:iam::{account}:user/*'],
      narrow: (planned) => [beforeOf(planned).arn],
    },
    { actions: ['cloudtrail:LookupEvents'], resources: ['*'] },
  ],

  async plan(target, _params, account) {
    const { identity, protectedTarget, code, passwordLastUsed } = await readUser(target.id, (input) =>
      account.send(new GetUserCommand(input)),
    );
    const { name, arn } = identity;
    const since = await passwordSince(name, account);
    if (since === undefined) throw new TargetNotFoundError(`the console password of user ${name}`);
    const lookup: Lookup = (question) =>
      account.send(new LookupEventsCommand(lookupInput(question, account.now)), question.region);
    const used = await readTrail({ kind: 'user', id: name, account: account.id }, account.region, lookup);
    return {
      before: { ...identity, passwordSince: since },
      expected: { consoleLogin: 'none' },
      change: `User ${name} can no longer sign in to the console. A console session that is open lives on.`,
      undo: `Nothing by itself: an administrator sets a new password for user ${name}.`,
      cannotRestore: [
        'the password: AWS gives it to nobody. An administrator sets a new one (iam:CreateLoginProfile)',
      ],
      blastRadius: [
        signIns(passwordLastUsed, account.now),
        ...recentCalls(fromConsole(used), ' from the console'),
        ...code,
      ],
      protectedTarget,
      observed: { id: name, arn },
    };
  },

  async execute(planned, account) {
    const { name, passwordSince: approved } = beforeOf(planned);
    if ((await passwordSince(name, account)) !== approved) return;
    try {
      await account.send(new DeleteLoginProfileCommand({ UserName: name }));
    } catch (error) {
      if (!hasName(error, 'NoSuchEntityException')) throw error;
    }
  },

  async verify(planned, account) {
    const since = await passwordSince(beforeOf(planned).name, account);
    return since === undefined
      ? { status: 'done', observed: 'the user has no console password' }
      : { status: 'not-done', observed: `the user has a console password since ${since}` };
  },

  async rollback(planned, account) {
    const { name } = beforeOf(planned);
    if ((await passwordSince(name, account)) === undefined)
      throw new CannotRestoreError(
        `the console password of user ${name}`,
        'an administrator sets a new one (iam:CreateLoginProfile), then asks for the rollback again',
      );
  },
});

/** When the user's login profile was made, in UTC; undefined without one. */
async function passwordSince(name: string, account: Reader): Promise<string | undefined> {
  try {
    const { LoginProfile: profile } = await account.send(new GetLoginProfileCommand({ UserName: name }));
    return profile?.CreateDate?.toISOString();
  } catch (error) {
    if (hasName(error, 'NoSuchEntityException')) return undefined;
    throw error;
  }
}

function signIns(lastUsed: Date | undefined, now: Date): Consequence {
  const recent = lastUsed !== undefined && now.getTime() - lastUsed.getTime() < DAY;
  return {
    what: 'passwords that signed in within the last 24 h',
    count: recent ? 1 : 0,
    evidence: "the user's PasswordLastUsed, as IAM keeps it",
  };
}
