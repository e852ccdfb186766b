import {
  type AccountAssignment,
  type AccountAssignmentOperationStatus,
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsCommand,
} from '@aws-sdk/client-sso-admin';
import { NotYetError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { Assignment, IdentityCenter, Reader, Writer } from './operations.ts';

export function nameOf({ permissionSetName, userName }: Assignment, { id }: Reader): string {
  return `the assignment of permission set ${permissionSetName} to user ${userName} in account ${id}`;
}

/** Who has a permission set in the account, users and groups. */
export async function readAssignments(
  PermissionSetArn: string,
  { instanceArn: InstanceArn, region }: IdentityCenter,
  account: Reader,
): Promise<readonly AccountAssignment[]> {
  const assignments: AccountAssignment[] = [];
  let NextToken: string | undefined;
  do {
    const input = { InstanceArn, PermissionSetArn, AccountId: account.id, NextToken };
    const page = await account.send(new ListAccountAssignmentsCommand(input), region);
    assignments.push(...(page.AccountAssignments ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return assignments;
}

/** Whether the user has it directly. A permission set that is gone is assigned to nobody. */
export async function isAssigned(
  { permissionSetArn, identityCenter, userId }: Assignment,
  account: Reader,
): Promise<boolean> {
  try {
    const assignments = await readAssignments(permissionSetArn, identityCenter, account);
    return assignments.some((one) => one.PrincipalType === 'USER' && one.PrincipalId === userId);
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) return false;
    throw error;
  }
}

/** Begins the deletion; what is gone already is what was asked for. */
export async function beginDeletion(assignment: Assignment, account: Writer): Promise<void> {
  const { instanceArn: InstanceArn, region } = assignment.identityCenter;
  try {
    const { AccountAssignmentDeletionStatus: begun } = await account.send(
      new DeleteAccountAssignmentCommand(inputOf(assignment, account)),
      region,
    );
    const input = { InstanceArn, AccountAssignmentDeletionRequestId: begun?.RequestId };
    const answer = await account.send(new DescribeAccountAssignmentDeletionStatusCommand(input), region);
    refuseFailure(answer.AccountAssignmentDeletionStatus, assignment, account);
  } catch (error) {
    if (!hasName(error, 'ResourceNotFoundException')) throw inWords(error, assignment, account);
  }
}

/** Begins to give it back. Throws TargetNotFoundError where the user or the permission set was deleted since. */
export async function beginCreation(assignment: Assignment, account: Writer): Promise<void> {
  const { instanceArn: InstanceArn, region } = assignment.identityCenter;
  try {
    const { AccountAssignmentCreationStatus: begun } = await account.send(
      new CreateAccountAssignmentCommand(inputOf(assignment, account)),
      region,
    );
    const input = { InstanceArn, AccountAssignmentCreationRequestId: begun?.RequestId };
    const answer = await account.send(new DescribeAccountAssignmentCreationStatusCommand(input), region);
    refuseFailure(answer.AccountAssignmentCreationStatus, assignment, account);
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException'))
      throw new TargetNotFoundError(`what ${nameOf(assignment, account)} names`, { cause: error });
    throw inWords(error, assignment, account);
  }
}

function inputOf({ identityCenter, permissionSetArn, userId }: Assignment, { id }: Reader) {
  return {
    InstanceArn: identityCenter.instanceArn,
    PermissionSetArn: permissionSetArn,
    PrincipalType: 'USER',
    PrincipalId: userId,
    TargetType: 'AWS_ACCOUNT',
    TargetId: id,
  } as const;
}

/** Both operations go on in the background, and may fail there; what is still under way is for verify to wait for. */
function refuseFailure(
  status: AccountAssignmentOperationStatus | undefined,
  assignment: Assignment,
  account: Reader,
): void {
  if (status?.Status === 'FAILED')
    throw new WrongStateError(
      nameOf(assignment, account),
      'as it was: IAM Identity Center reports FAILED',
      `its reason is: ${(status.FailureReason ?? 'none given').slice(0, 300)}`,
    );
}

/** One change at a time: an earlier one of the same assignment must come to its end. */
function inWords(error: unknown, assignment: Assignment, account: Reader): unknown {
  return hasName(error, 'ConflictException')
    ? new NotYetError(nameOf(assignment, account), 'being changed')
    : error;
}
