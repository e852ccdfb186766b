import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { defineAction } from '../../core/account.ts';
import { TargetNotFoundError } from '../../core/errors.ts';
import { openedSessions } from '../../core/opened-sessions.ts';
import { deleteOwnPolicy, putOwnPolicy, readInlinePolicy } from '../../core/own-policy.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { lookupInput } from '../../core/recent-calls.ts';
import { type Lookup, readTrail } from '../../core/trail.ts';
import { blastRadius } from './blast-radius.ts';
import {
  type Before,
  beforeOf,
  checkVpcs,
  describe,
  policiesOf,
  type Reader,
  reads,
  readsOf,
  writes,
} from './operations.ts';
import { networksOf, Parameters, vpcsOf } from './parameters.ts';
import { policyOf } from './policy.ts';

const arnIf = (kind: Before['kind']) => (planned: PlannedAction) => {
  const before = beforeOf(planned);
  return before.kind === kind ? [before.arn] : [];
};

/** Leaves a user or role to those who come from known networks: what was stolen is of no use elsewhere. */
export const restrictPrincipalNetworks = defineAction({
  id: 'restrict-principal-networks',
  title: 'Restrict a principal to known networks',
  targets: ['role', 'user'],
  danger: 'high',
  family: 'policy',
  order: 'credentials',
  params: Parameters,
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
    { actions: ['cloudtrail:LookupEvents', 'ec2:DescribeVpcs'], resources: ['*'] },
  ],

  async plan(target, params, account) {
    const kind = target.kind === 'role' ? 'role' : 'user';
    const { identity, protectedTarget, code } = await describe(kind, target.id, account);
    const { name, arn } = identity;
    await checkVpcs(vpcsOf(params), account);
    const lookup: Lookup = (question) =>
      account.send(new LookupEventsCommand(lookupInput(question, account.now)), question.region);
    const used = await readTrail({ kind, id: name, account: account.id, arn }, account.region, lookup);
    return {
      before: { kind, ...identity },
      expected: { denied: 'everything from elsewhere' },
      change: `An inline policy on ${kind} ${name} denies every call that does not come from ${shown(params)}. Calls that AWS services make for it go on; calls over other VPC endpoints do not.`,
      undo: `Delete that inline policy from ${kind} ${name}.`,
      cannotRestore: [],
      blastRadius: [...blastRadius(used, networksOf(params)), ...openedSessions(used), ...code],
      protectedTarget,
      observed: { id: name, arn },
    };
  },

  async execute(planned, account, execution) {
    await putOwnPolicy(policyOf(planned, execution), policiesOf(beforeOf(planned), account));
  },

  async verify(planned, account, execution) {
    const { name, document: ours } = policyOf(planned, execution);
    const document = await readInlinePolicy(name, readsOf(beforeOf(planned), account));
    if (document === ours)
      return { status: 'done', observed: `policy ${name} denies what comes from elsewhere` };
    if (document !== undefined)
      return { status: 'not-done', observed: `policy ${name} is not the one that was written` };
    return (await exists(beforeOf(planned), account))
      ? { status: 'not-done', observed: `there is no policy ${name}` }
      : { status: 'done', observed: 'the user or role no longer exists' };
  },

  async rollback(planned, account, execution) {
    await deleteOwnPolicy(policyOf(planned, execution), policiesOf(beforeOf(planned), account));
  },
});

/** As many networks as a plan spells out; all of them are in its parameters. */
const LISTED = 6;

function shown(params: Parameters): string {
  const places = [...params.networks.split(','), ...vpcsOf(params)];
  const more = places.length > LISTED ? ` or ${places.length - LISTED} more that its parameters name` : '';
  return `${places.slice(0, LISTED).join(', ')}${more}`;
}

async function exists({ kind, name }: Before, account: Reader): Promise<boolean> {
  try {
    await describe(kind, name, account);
    return true;
  } catch (error) {
    if (error instanceof TargetNotFoundError) return false;
    throw error;
  }
}
