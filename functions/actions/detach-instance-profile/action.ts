import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { NotYetError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import { lookupInput, recentCalls } from '../../core/recent-calls.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../../core/resource-pattern.ts';
import { type Lookup, readTrail } from '../../core/trail.ts';
import {
  type Association,
  associate,
  beforeOf,
  disassociate,
  type Reader,
  readAssociation,
  reads,
  writes,
} from './associations.ts';
import { permissions } from './permissions.ts';
import { readAttachable, readBefore } from './profile.ts';

/** Ends the supply of a role's credentials to an instance; what was taken from it before, `revoke-sessions` ends. */
export const detachInstanceProfile = defineAction({
  id: 'detach-instance-profile',
  title: 'Detach the instance profile',
  targets: ['instance'],
  danger: 'high',
  family: 'compute',
  order: 'credentials',
  params: z.strictObject({}),
  reads,
  writes,
  permissions,

  async plan(target, _params, account) {
    const { Tags: tags } = await readAttachable(target.id, account);
    const before = await readBefore(target.id, account);
    return {
      before,
      expected: { profile: null },
      change: `${target.id} loses the instance profile ${before.profile}: its metadata service gives out no new credentials of ${before.role}. Credentials that it gave out already stay valid for up to 6 hours, wherever they are; revoke-sessions on the role ends them.`,
      undo: `Associate the instance profile ${before.profile} with ${target.id} again.`,
      cannotRestore: ['The id of the association: a new one comes.'],
      blastRadius: [...(await blastRadius(target.id, before.role, account)), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  async execute(planned, account) {
    const association = await readAssociation(planned.target.id, account);
    if (!association || association.state === 'disassociating') return;
    refuseOther(planned, association);
    await disassociate(association, account);
  },

  async verify(planned, account) {
    const association = await readAssociation(planned.target.id, account);
    if (!association) return { status: 'done', observed: 'the instance has no instance profile' };
    return association.state === 'disassociating'
      ? { status: 'done', observed: 'the instance profile is disassociating, which cannot be called off' }
      : { status: 'not-done', observed: 'the instance has an instance profile' };
  },

  async rollback(planned, account) {
    const association = await readAssociation(planned.target.id, account);
    if (association?.state === 'disassociating')
      throw new NotYetError(`the instance profile of instance ${planned.target.id}`, association.state);
    if (association) refuseOther(planned, association);
    else await associate(planned.target.id, beforeOf(planned), account);
  },
});

/** A profile that somebody else put there since is neither taken away nor overwritten. */
function refuseOther({ before, target }: PlannedAction, { profile, profileId }: Association): void {
  if (profile === before.profile && profileId === before.profileId) return;
  throw new WrongStateError(
    `instance ${target.id}`,
    'under another instance profile than when this was planned',
    'somebody has changed it since; look at it, and plan again',
  );
}

/** EC2 names the session of an instance's role by the instance's id. */
async function blastRadius(
  instanceId: string,
  role: string,
  account: Reader,
): Promise<readonly Consequence[]> {
  const lookup: Lookup = (question) =>
    account.send(new LookupEventsCommand(lookupInput(question, account.now)), question.region);
  const name = role.split('/').at(-1) ?? '';
  const session = { kind: 'role', id: name, account: account.id, session: instanceId } as const;
  return recentCalls(await readTrail(session, account.region, lookup), ' by this instance with the role');
}
