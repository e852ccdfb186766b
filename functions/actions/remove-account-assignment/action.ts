import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { NothingToDoError, NotYetError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { lookupInput, recentCalls } from '../../core/recent-calls.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { type Lookup, readTrail, type TrailAnswer } from '../../core/trail.ts';
import { beginCreation, beginDeletion, isAssigned, nameOf, readAssignments } from './assignments.ts';
import { countGroups, readIdentityCenter, readPermissionSet, readTags, readUserId } from './directory.ts';
import { type Assignment, beforeOf, permissions, type Reader, reads, writes } from './operations.ts';
import { isBeingCreated, isBeingDeleted } from './pending.ts';
import { type IdentityCenterSession, sessionOf } from './session.ts';

/** A session lasts 12 hours at most, and its approval may take a while: whose it was must still be found then. */
const DAYS = 7;

/**
 * Takes a permission set from the person behind a session of IAM Identity Center, in this account. IAM cannot contain
 * these sessions' roles: they are AWS's, and shared by everybody who has the permission set.
 */
export const removeAccountAssignment = defineAction({
  id: 'remove-account-assignment',
  title: "Remove a person's access to the account",
  targets: ['access-key'],
  danger: 'medium',
  family: 'policy',
  order: 'credentials',
  params: z.strictObject({}),
  reads,
  writes,
  permissions,

  async plan(target, _params, account) {
    const used = await readCalls(target.id, account);
    const session = sessionOf(target.id, used.records, account.id);
    const assignment = await readAssignment(session, account);
    const tags = await readTags(assignment.permissionSetArn, assignment.identityCenter, account);
    const { userName, permissionSetName, isLast } = assignment;
    return {
      before: assignment,
      expected: { assigned: false },
      change: `User ${userName} of IAM Identity Center loses permission set ${permissionSetName} in account ${account.id}, and opens no new session with it. Sessions that are open live on, for up to 12 hours. Other permission sets of the user stay.`,
      undo: `Assign permission set ${permissionSetName} to user ${userName} in account ${account.id} again.`,
      cannotRestore: isLast
        ? [
            `The name of the permission set's role: this is its last assignment in the account, with which the role is deleted. A new one ends in other letters; policies that name it must be changed.`,
          ]
        : [],
      blastRadius: [...recentCalls(ofLastDay(used, account.now), ' by this session'), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id },
    };
  },

  async execute(planned, account) {
    const assignment = beforeOf(planned);
    if (!(await isAssigned(assignment, account)) || (await isBeingDeleted(assignment, account))) return;
    await beginDeletion(assignment, account);
  },

  async verify(planned, account) {
    const assignment = beforeOf(planned);
    if ((await isBeingDeleted(assignment, account)) || (await isBeingCreated(assignment, account)))
      throw new NotYetError(nameOf(assignment, account), 'being changed');
    return (await isAssigned(assignment, account))
      ? { status: 'not-done', observed: 'the user has the permission set' }
      : { status: 'done', observed: 'the user does not have the permission set' };
  },

  async rollback(planned, account) {
    const assignment = beforeOf(planned);
    if (await isBeingDeleted(assignment, account))
      throw new NotYetError(nameOf(assignment, account), 'being deleted');
    if ((await isAssigned(assignment, account)) || (await isBeingCreated(assignment, account))) return;
    await beginCreation(assignment, account);
  },
});

function readCalls(id: string, account: Reader): Promise<TrailAnswer> {
  const lookup: Lookup = (question) =>
    account.send(new LookupEventsCommand(lookupInput(question, account.now, DAYS)), question.region);
  return readTrail({ kind: 'access-key', id, account: account.id }, account.region, lookup);
}

function ofLastDay({ records, truncated }: TrailAnswer, now: Date): TrailAnswer {
  const start = now.getTime() - 24 * 60 * 60 * 1000;
  return { records: records.filter(({ eventTime }) => Date.parse(eventTime) >= start), truncated };
}

/** Throws WrongStateError for what a group gives as well: the user would keep it. */
async function readAssignment(session: IdentityCenterSession, account: Reader): Promise<Assignment> {
  const { userName, permissionSetName, region } = session;
  const identityCenter = await readIdentityCenter(region, account);
  const userId = await readUserId(userName, identityCenter, account);
  const permissionSetArn = await readPermissionSet(permissionSetName, identityCenter, account);
  const all = await readAssignments(permissionSetArn, identityCenter, account);
  const groups = all.flatMap((one) => (one.PrincipalType === 'GROUP' ? (one.PrincipalId ?? []) : []));
  const name = `permission set ${permissionSetName} of user ${userName}`;
  if ((await countGroups(userId, groups, identityCenter, account)) > 0)
    throw new WrongStateError(
      name,
      'given by a group that the user is in',
      'taking it from the group would hit everybody in it; take the user out of the group',
    );
  if (!all.some((one) => one.PrincipalType === 'USER' && one.PrincipalId === userId))
    throw new NothingToDoError(name, `is not assigned in account ${account.id}`);
  return {
    identityCenter,
    permissionSetArn,
    permissionSetName,
    userId,
    userName,
    isLast: all.length === 1,
  };
}
