import {
  type AccountAssignmentOperationStatus,
  type AccountAssignmentOperationStatusMetadata,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentDeletionStatusCommand,
} from '@aws-sdk/client-sso-admin';
import type { Assignment, Reader } from './operations.ts';

interface Page {
  readonly requests: readonly AccountAssignmentOperationStatusMetadata[] | undefined;
  readonly next: string | undefined;
}

/** How the changes of one kind are listed, and one of them is described. */
interface Changes {
  readonly list: (next: string | undefined) => Promise<Page>;
  readonly describe: (request: string | undefined) => Promise<AccountAssignmentOperationStatus | undefined>;
}

const Filter = { Status: 'IN_PROGRESS' } as const;

/** Whether Identity Center is about to delete the assignment. A process that died has no request's id to ask by. */
export function isBeingDeleted(assignment: Assignment, account: Reader): Promise<boolean> {
  const { instanceArn: InstanceArn, region } = assignment.identityCenter;
  return isUnderWay(assignment, account, {
    async list(NextToken) {
      const input = { InstanceArn, Filter, NextToken };
      const page = await account.send(new ListAccountAssignmentDeletionStatusCommand(input), region);
      return { requests: page.AccountAssignmentsDeletionStatus, next: page.NextToken };
    },
    async describe(AccountAssignmentDeletionRequestId) {
      const input = { InstanceArn, AccountAssignmentDeletionRequestId };
      const answer = await account.send(new DescribeAccountAssignmentDeletionStatusCommand(input), region);
      return answer.AccountAssignmentDeletionStatus;
    },
  });
}

/** Whether Identity Center is about to create it. */
export function isBeingCreated(assignment: Assignment, account: Reader): Promise<boolean> {
  const { instanceArn: InstanceArn, region } = assignment.identityCenter;
  return isUnderWay(assignment, account, {
    async list(NextToken) {
      const input = { InstanceArn, Filter, NextToken };
      const page = await account.send(new ListAccountAssignmentCreationStatusCommand(input), region);
      return { requests: page.AccountAssignmentsCreationStatus, next: page.NextToken };
    },
    async describe(AccountAssignmentCreationRequestId) {
      const input = { InstanceArn, AccountAssignmentCreationRequestId };
      const answer = await account.send(new DescribeAccountAssignmentCreationStatusCommand(input), region);
      return answer.AccountAssignmentCreationStatus;
    },
  });
}

/** The list says which requests are under way, and not what they are about. */
async function isUnderWay(assignment: Assignment, account: Reader, changes: Changes): Promise<boolean> {
  let next: string | undefined;
  do {
    const page = await changes.list(next);
    for (const { RequestId } of page.requests ?? [])
      if (isAbout(assignment, account, await changes.describe(RequestId))) return true;
    next = page.next;
  } while (next);
  return false;
}

function isAbout(
  { permissionSetArn, userId }: Assignment,
  { id }: Reader,
  request: AccountAssignmentOperationStatus | undefined,
): boolean {
  return (
    request?.Status === 'IN_PROGRESS' &&
    request.PermissionSetArn === permissionSetArn &&
    request.PrincipalId === userId &&
    request.TargetId === id
  );
}
