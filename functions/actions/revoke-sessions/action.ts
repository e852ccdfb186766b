import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { footholds } from '../../core/footholds.ts';
import { openedSessions } from '../../core/opened-sessions.ts';
import { deleteOwnPolicy, putOwnPolicy, readInlinePolicy } from '../../core/own-policy.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { lookupInput, recentCalls } from '../../core/recent-calls.ts';
import { type Lookup, readTrail } from '../../core/trail.ts';
import { beforeOf, readPrincipal, reads, writes } from './operations.ts';
import { policiesOf, policyOf, readsOf } from './policy.ts';

const arnIf = (kind: 'role' | 'user') => (planned: PlannedAction) => {
  const before = beforeOf(planned);
  return before.kind === kind ? [before.arn] : [];
};

/** Ends every session of a role or user that was issued before the intent. New sessions may still be opened. */
export const revokeSessions = defineAction({
  id: 'revoke-sessions',
  title: 'Revoke sessions',
  targets: ['role', 'user'],
  danger: 'high',
  family: 'policy',
  order: 'credentials',
  answers: ['CreateRole'],
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: ['iam:GetRole', 'iam:GetRolePolicy', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy'],
      resources: ['arn:{partition}:iam::{account}:role/*'],
      narrow: arnIf('role'),
    },
    {
      actions: ['iam:GetUser', 'iam:GetUserPolicy', 'iam:PutUserPolicy', 'iam:DeleteUserPolicy'],
      resources: ['arn:{partition}:iam::{account}:user/*'],
      narrow: arnIf('user'),
    },
    { actions: ['cloudtrail:LookupEvents'], resources: ['*'] },
  ],

  async plan(target, _params, account) {
    const { before, protectedTarget, code } = await readPrincipal(target, account);
    const lookup: Lookup = (question) =>
      account.send(new LookupEventsCommand(lookupInput(question, account.now)), question.region);
    const principal = { kind: before.kind, id: before.name, account: account.id, arn: before.arn };
    const used = await readTrail(principal, account.region, lookup);
    return {
      before,
      expected: { denied: 'every session issued before the change', newSessions: 'allowed' },
      change: `An inline policy on ${before.kind} ${before.name} denies everything to sessions issued before the change. Whoever may open a new session still can.`,
      undo: `Delete that inline policy from ${before.kind} ${before.name}.`,
      cannotRestore: [],
      blastRadius: [...recentCalls(used), ...footholds(used), ...openedSessions(used), ...code],
      protectedTarget,
      observed: { id: before.name, arn: before.arn },
    };
  },

  async execute(planned, account, execution) {
    const before = beforeOf(planned);
    await putOwnPolicy(policyOf(before, execution), policiesOf(before, account));
  },

  async verify(planned, account, execution) {
    const before = beforeOf(planned);
    const { name, document: ours } = policyOf(before, execution);
    const document = await readInlinePolicy(name, readsOf(before, account));
    if (document === undefined) return { status: 'not-done', observed: `there is no policy ${name}` };
    return document === ours
      ? {
          status: 'done',
          observed: `policy ${name} denies sessions issued before ${execution.intentAt.toISOString()}`,
        }
      : { status: 'not-done', observed: `policy ${name} is not the one that was written` };
  },

  async rollback(planned, account, execution) {
    const before = beforeOf(planned);
    await deleteOwnPolicy(policyOf(before, execution), policiesOf(before, account));
  },
});
