import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetRoleCommand, GetUserCommand } from '@aws-sdk/client-iam';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { openedSessions } from '../../core/opened-sessions.ts';
import type { Consequence } from '../../core/plan.ts';
import { lookupInput, recentCalls } from '../../core/recent-calls.ts';
import { readRole } from '../../core/role.ts';
import { type Lookup, readTrail } from '../../core/trail.ts';
import { readUser } from '../../core/user.ts';
import { denyingOnly } from './document.ts';
import {
  ACTION,
  type Before,
  beforeOf,
  permissions,
  type Reader,
  reads,
  type Writer,
  writes,
} from './operations.ts';
import { asAdministrator, readOrganization } from './organization.ts';
import { attach, create, findOwn, isOurs, readAttached, remove, scpOf } from './policy.ts';

/**
 * Denies everything to one role or user from above its account: by a service control policy on the account, which no
 * administrator in the account can lift, an attacker among them. It holds for sessions that are open as well.
 */
export const denyPrincipalByOrganization = defineAction({
  id: ACTION,
  title: 'Deny a principal everything, by the organization',
  targets: ['role', 'user'],
  danger: 'high',
  family: 'policy',
  order: 'credentials',
  params: z.strictObject({}),
  reads,
  writes,
  permissions,

  async plan(target, _params, account) {
    const kind = target.kind === 'role' ? 'role' : 'user';
    const { identity, protectedTarget, code } = await describe(kind, target.id, account);
    // Refused here, and not once somebody has approved it.
    denyingOnly(identity.arn);
    const organization = await readOrganization(account);
    const attached = await asAdministrator(account, () => readAttached(account));
    const lookup: Lookup = (question) =>
      account.send(new LookupEventsCommand(lookupInput(question, account.now)), question.region);
    const principal = { kind, id: identity.name, account: account.id, arn: identity.arn } as const;
    const used = await readTrail(principal, account.region, lookup);
    return {
      before: { kind, ...identity, organization },
      expected: { denied: 'everything', by: 'a service control policy' },
      change: `A service control policy on account ${account.id} denies everything to ${kind} ${identity.name} and to nobody else, whatever IAM allows. Who administers the account cannot lift it. ${whatStays(kind)}`,
      undo: `Detach that service control policy from account ${account.id}, and delete it.`,
      cannotRestore: [],
      blastRadius: [...recentCalls(used), ...openedSessions(used), room(attached.length), ...code],
      protectedTarget,
      observed: { id: identity.name, arn: identity.arn },
    };
  },

  async execute(planned, account, execution) {
    const scp = scpOf(beforeOf(planned), execution);
    const id = (await findOwn(scp, account)) ?? (await create(scp, execution, account));
    if (!(await isAttached(id, account))) await attach(scp, id, account);
  },

  async verify(planned, account, execution) {
    const scp = scpOf(beforeOf(planned), execution);
    const id = (await readAttached(account)).find(({ Name }) => Name === scp.name)?.Id;
    if (id === undefined)
      return { status: 'not-done', observed: `no policy ${scp.name} is attached to account ${account.id}` };
    return (await isOurs(id, scp, account))
      ? { status: 'done', observed: `policy ${scp.name} on account ${account.id} denies everything` }
      : { status: 'not-done', observed: `policy ${scp.name} is not the one that was written` };
  },

  async rollback(planned, account, execution) {
    const scp = scpOf(beforeOf(planned), execution);
    const id = await findOwn(scp, account);
    if (id !== undefined) await remove(scp, id, account);
  },
});

function describe(kind: Before['kind'], name: string, account: Reader) {
  return kind === 'role'
    ? readRole(name, (input) => account.send(new GetRoleCommand(input)))
    : readUser(name, (input) => account.send(new GetUserCommand(input)));
}

async function isAttached(id: string, account: Writer): Promise<boolean> {
  return (await readAttached(account)).some(({ Id }) => Id === id);
}

/**
 * A federated session's aws:PrincipalArn is its own, and not that of the user who opened it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn).
 */
function whatStays(kind: Before['kind']): string {
  return kind === 'role'
    ? 'A role of the same name and path that is made later is denied as well.'
    : 'Sessions that the user opened with GetFederationToken live on: quarantine-user denies those.';
}

function room(attached: number): Consequence {
  return {
    what: 'service control policies on the account already: one more must fit into the quota of AWS Organizations',
    count: attached,
    evidence: 'ListPoliciesForTarget',
  };
}
