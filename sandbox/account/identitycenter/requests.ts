import type * as sso from '@aws-sdk/client-sso-admin';
import { AwsError } from '../../wire/service.ts';
import { find } from '../find.ts';
import { provision } from './provisioning.ts';
import { notFound, type Scope } from './scope.ts';
import { type AccountAssignmentState, type AssignmentRequestState, assignmentRequests } from './state.ts';

/** Takes a change on; one of the same assignment that is under way goes first. */
export function begin(request: AssignmentRequestState, scope: Scope): void {
  const requests = assignmentRequests(scope.cloud);
  const isUnderWay = Object.values(requests).some(
    (one) => one.status === 'IN_PROGRESS' && keyOf(one.assignment) === keyOf(request.assignment),
  );
  if (isUnderWay)
    throw new AwsError('ConflictException', 'There is a conflicting operation in process for the resource.');
  requests[request.requestId] = request;
  if (request.polls === 0) finish(request, scope);
}

/** Asks about a change, which brings it forward. */
export function poll(request: AssignmentRequestState, scope: Scope): sso.AccountAssignmentOperationStatus {
  if (request.status === 'IN_PROGRESS') {
    request.polls -= 1;
    if (request.polls <= 0) finish(request, scope);
  }
  return shown(request);
}

export function findRequest(
  { cloud, center }: Scope,
  kind: AssignmentRequestState['kind'],
  id: string | undefined,
): AssignmentRequestState {
  const request = find(assignmentRequests(cloud), id);
  if (request?.kind !== kind || request.instanceArn !== center.instanceArn)
    throw notFound(`Request with id ${id} does not exist.`);
  return request;
}

/** Newest first; with a filter, those of one status. */
export function changesUnderWay(
  { cloud, center }: Scope,
  kind: AssignmentRequestState['kind'],
  filter: sso.OperationStatusFilter | undefined,
): sso.AccountAssignmentOperationStatusMetadata[] {
  return Object.values(assignmentRequests(cloud))
    .filter((one) => one.kind === kind && one.instanceArn === center.instanceArn)
    .filter(({ status }) => filter?.Status === undefined || filter.Status === status)
    .map(({ requestId, status, createdAt }) => ({
      RequestId: requestId,
      Status: status,
      CreatedDate: new Date(createdAt),
    }))
    .reverse();
}

export function shown(request: AssignmentRequestState): sso.AccountAssignmentOperationStatus {
  const { assignment, requestId, status, createdAt } = request;
  return {
    RequestId: requestId,
    Status: status,
    TargetId: assignment.account,
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn: assignment.permissionSetArn,
    PrincipalType: assignment.principalType,
    PrincipalId: assignment.principalId,
    CreatedDate: new Date(createdAt),
    ...(status === 'FAILED' ? { FailureReason: 'Received a 403 status code from the account.' } : {}),
  };
}

function finish(request: AssignmentRequestState, scope: Scope): void {
  const { assignment, kind } = request;
  const { center } = scope;
  request.status = center.fails ? 'FAILED' : 'SUCCEEDED';
  if (center.fails) return;
  const others = center.assignments.filter((one) => keyOf(one) !== keyOf(assignment));
  center.assignments = kind === 'creation' ? sorted([...others, assignment]) : others;
  provision(assignment, scope);
}

export function sorted(assignments: readonly AccountAssignmentState[]): readonly AccountAssignmentState[] {
  return assignments.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
}

function keyOf({ account, permissionSetArn, principalType, principalId }: AccountAssignmentState): string {
  return [account, permissionSetArn, principalType, principalId].join(' ');
}
