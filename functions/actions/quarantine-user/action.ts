import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetUserCommand } from '@aws-sdk/client-iam';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { TargetNotFoundError } from '../../core/errors.ts';
import { footholds } from '../../core/footholds.ts';
import { openedSessions } from '../../core/opened-sessions.ts';
import { deleteOwnPolicy, putOwnPolicy, readInlinePolicy } from '../../core/own-policy.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { lookupInput, recentCalls } from '../../core/recent-calls.ts';
import { type Lookup, readTrail } from '../../core/trail.ts';
import { readUser, UserIdentity } from '../../core/user.ts';
import { policiesOf, policyOf, type Reader, reads, readsOf, writes } from './policy.ts';

const beforeOf = (planned: PlannedAction) => UserIdentity.parse(planned.before);

/**
 * Denies everything to an IAM user: keys, console, and sessions that the user opened for itself (GetSessionToken,
 * GetFederationToken). A role's session is the role's: `revoke-sessions` ends those that the user took before. Only
 * another principal can lift the deny. Nothing is lost: deleting the policy gives back what was.
 */
export const quarantineUser = defineAction({
  id: 'quarantine-user',
  title: 'Quarantine a user',
  targets: ['user'],
  danger: 'high',
  family: 'policy',
  order: 'credentials',
  answers: ['CreateUser'],
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: ['iam:GetUser', 'iam:GetUserPolicy', 'iam:PutUserPolicy', 'iam:DeleteUserPolicy'],
      resources: ['arn:{partition}:iam::{account}:user/*'],
      narrow: (planned) => [beforeOf(planned).arn],
    },
    { actions: ['cloudtrail:LookupEvents'], resources: ['*'] },
  ],

  async plan(target, _params, account) {
    const { identity, protectedTarget, code } = await describe(target.id, account);
    const { name, arn } = identity;
    const lookup: Lookup = (question) =>
      account.send(new LookupEventsCommand(lookupInput(question, account.now)), question.region);
    const used = await readTrail({ kind: 'user', id: name, account: account.id }, account.region, lookup);
    return {
      before: identity,
      expected: { denied: 'everything' },
      change: `An inline policy on user ${name} denies everything: every call with the user's keys, password or own sessions fails. Sessions of roles that the user took live on.`,
      undo: `Delete that inline policy from user ${name}.`,
      cannotRestore: [],
      blastRadius: [...recentCalls(used), ...footholds(used), ...openedSessions(used), ...code],
      protectedTarget,
      observed: { id: name, arn },
    };
  },

  async execute(planned, account, execution) {
    const { name } = beforeOf(planned);
    await putOwnPolicy(policyOf(name, execution), policiesOf(name, account));
  },

  async verify(planned, account, execution) {
    const { name } = beforeOf(planned);
    const { name: policy, document: ours } = policyOf(name, execution);
    const document = await readInlinePolicy(policy, readsOf(name, account));
    if (document === ours) return { status: 'done', observed: `policy ${policy} denies everything` };
    if (document !== undefined)
      return { status: 'not-done', observed: `policy ${policy} is not the one that was written` };
    return (await exists(name, account))
      ? { status: 'not-done', observed: `there is no policy ${policy}` }
      : { status: 'done', observed: 'the user no longer exists' };
  },

  async rollback(planned, account, execution) {
    const { name } = beforeOf(planned);
    await deleteOwnPolicy(policyOf(name, execution), policiesOf(name, account));
  },
});

function describe(name: string, account: Reader) {
  return readUser(name, (input) => account.send(new GetUserCommand(input)));
}

async function exists(name: string, account: Reader): Promise<boolean> {
  try {
    await describe(name, account);
    return true;
  } catch (error) {
    if (error instanceof TargetNotFoundError) return false;
    throw error;
  }
}
