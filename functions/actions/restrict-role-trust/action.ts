import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { boundedList } from '../../core/bounded.ts';
import { NothingToDoError, TargetNotFoundError } from '../../core/errors.ts';
import type { Consequence } from '../../core/plan.ts';
import { lookupInput, recentCalls } from '../../core/recent-calls.ts';
import { type Lookup, readTrail } from '../../core/trail.ts';
import {
  type Before,
  beforeOf,
  describe,
  type Reader,
  reads,
  replaceTrust,
  restrictionOf,
  writes,
} from './role.ts';
import type { Restriction } from './trust.ts';

/** As many outsiders as a plan spells out. */
const LISTED = 6;

/** Takes a role back from whoever is outside of the account: what Access Analyzer reports as external access. */
export const restrictRoleTrust = defineAction({
  id: 'restrict-role-trust',
  title: 'Stop trusting outsiders with a role',
  targets: ['role'],
  danger: 'high',
  family: 'policy',
  order: 'credentials',
  answers: ['CreateRole', 'UpdateAssumeRolePolicy'],
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: ['iam:GetRole', 'iam:UpdateAssumeRolePolicy'],
      resources: ['arn:{partition}:iam::{account}:role/*'],
      narrow: (planned) => [beforeOf(planned).arn],
    },
    { actions: ['cloudtrail:LookupEvents'], resources: ['*'] },
  ],

  async plan(target, _params, account) {
    const { identity, trustPolicy, protectedTarget, code } = await describe(target.id, account);
    const before = { ...identity, trustPolicy };
    const restriction = restrictionOf(before, account.id);
    if (restriction.outsiders.length === 0)
      throw new NothingToDoError(`role ${identity.name}`, 'trusts nobody outside of its account');
    return {
      before,
      expected: { trustPolicy: restriction.restricted },
      change: `Role ${identity.name} no longer trusts ${shown(restriction)}. Its own account and AWS services keep the trust that they have. Sessions that outsiders hold live on for up to 12 hours: revoke-sessions ends them.`,
      undo: `Write the trust policy of role ${identity.name} as it stood.`,
      cannotRestore: cannotRestore(restriction),
      blastRadius: [...(await blastRadius(before, restriction, account)), ...code],
      protectedTarget,
      observed: { id: identity.name, arn: identity.arn },
    };
  },

  async execute(planned, account) {
    const before = beforeOf(planned);
    const { restricted } = restrictionOf(before, account.id);
    await replaceTrust(before, before.trustPolicy, restricted, account);
  },

  async verify(planned, account) {
    try {
      const { identity, trustPolicy } = await describe(beforeOf(planned).name, account);
      const { outsiders } = restrictionOf({ ...identity, trustPolicy }, account.id);
      return {
        status: outsiders.length === 0 ? 'done' : 'not-done',
        observed: `the role trusts ${outsiders.length} kind(s) of outsiders`,
      };
    } catch (error) {
      if (!(error instanceof TargetNotFoundError)) throw error;
      return { status: 'done', observed: 'the role no longer exists' };
    }
  },

  async rollback(planned, account) {
    const before = beforeOf(planned);
    const { restricted, restorable } = restrictionOf(before, account.id);
    if (restorable === before.trustPolicy) await replaceTrust(before, restricted, restorable, account);
    else await replaceEither(before, restricted, restorable, account);
  },
});

/** Where the old document holds what IAM takes no more, a rollback without an execution has nothing to write. */
async function replaceEither(
  before: Before,
  from: string,
  to: string,
  account: Parameters<typeof replaceTrust>[3],
): Promise<void> {
  const { trustPolicy } = await describe(before.name, account);
  if (trustPolicy !== before.trustPolicy) await replaceTrust(before, from, to, account);
}

function shown({ outsiders }: Restriction): string {
  const { items, truncated } = boundedList(outsiders, LISTED);
  return `${items.join(', ')}${truncated ? ` and ${outsiders.length - LISTED} more` : ''}`;
}

function cannotRestore({ deleted }: Restriction): readonly string[] {
  if (deleted === 0) return [];
  return [
    `${deleted} principal(s) that were deleted: IAM shows their ids, and takes them in no policy any more.`,
  ];
}

async function blastRadius(
  { name, arn }: Before,
  { outsiders }: Restriction,
  account: Reader,
): Promise<readonly Consequence[]> {
  const lookup: Lookup = (question) =>
    account.send(new LookupEventsCommand(lookupInput(question, account.now)), question.region);
  const used = await readTrail({ kind: 'role', id: name, account: account.id, arn }, account.region, lookup);
  return [
    {
      what: 'accounts, identity providers or everybody that lose the role',
      count: outsiders.length,
      evidence: 'GetRole',
    },
    ...recentCalls(used, ' by anybody with the role'),
  ];
}
