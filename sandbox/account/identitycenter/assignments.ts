import type * as sso from '@aws-sdk/client-sso-admin';
import type { Operation, Requirement } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { uuid } from '../ids.ts';
import { begin, changesUnderWay, findRequest, poll, shown } from './requests.ts';
import {
  accountArn,
  checkInstance,
  findPermissionSet,
  inIdentityCenter,
  notFound,
  pageOf,
  requireAll,
  type Scope,
} from './scope.ts';
import type { AccountAssignmentState, AssignmentRequestState } from './state.ts';

type List = [sso.ListAccountAssignmentsCommandInput, sso.ListAccountAssignmentsCommandOutput];
type Change = sso.CreateAccountAssignmentCommandInput;
interface OnInstance {
  readonly InstanceArn?: string | undefined;
}

/** Who has which permission set in which account: https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html */
export function assignmentOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListAccountAssignments: inIdentityCenter<List[0], List[1]>(
      cloud,
      ({ InstanceArn, PermissionSetArn, AccountId }, caller) =>
        requireAll(
          'sso:ListAccountAssignments',
          [InstanceArn, PermissionSetArn, accountArn(AccountId)],
          caller,
        ),
      (input, scope) => {
        checkInstance(scope, input.InstanceArn);
        const { arn } = findPermissionSet(scope, input.PermissionSetArn);
        const there = scope.center.assignments.filter(
          (one) => one.permissionSetArn === arn && one.account === input.AccountId,
        );
        const { items, NextToken } = pageOf(there, input);
        return { AccountAssignments: items.map(assignmentOf), NextToken };
      },
    ),
    CreateAccountAssignment: changing<sso.CreateAccountAssignmentCommandOutput>(
      cloud,
      'creation',
      'sso:CreateAccountAssignment',
      (status) => ({ AccountAssignmentCreationStatus: status, $metadata: {} }),
    ),
    DeleteAccountAssignment: changing<sso.DeleteAccountAssignmentCommandOutput>(
      cloud,
      'deletion',
      'sso:DeleteAccountAssignment',
      (status) => ({ AccountAssignmentDeletionStatus: status, $metadata: {} }),
    ),
    ...asking(cloud),
  };
}

function asking(cloud: Cloud): Record<string, Operation> {
  const onInstance =
    (action: string) =>
    ({ InstanceArn }: OnInstance, caller: Parameters<typeof requireAll>[2]): Requirement[] =>
      requireAll(`sso:${action}`, [InstanceArn], caller);
  return {
    DescribeAccountAssignmentCreationStatus: inIdentityCenter<
      sso.DescribeAccountAssignmentCreationStatusCommandInput,
      sso.DescribeAccountAssignmentCreationStatusCommandOutput
    >(cloud, onInstance('DescribeAccountAssignmentCreationStatus'), (input, scope) => {
      const request = findRequest(scope, 'creation', input.AccountAssignmentCreationRequestId);
      return { AccountAssignmentCreationStatus: poll(request, scope) };
    }),
    DescribeAccountAssignmentDeletionStatus: inIdentityCenter<
      sso.DescribeAccountAssignmentDeletionStatusCommandInput,
      sso.DescribeAccountAssignmentDeletionStatusCommandOutput
    >(cloud, onInstance('DescribeAccountAssignmentDeletionStatus'), (input, scope) => {
      const request = findRequest(scope, 'deletion', input.AccountAssignmentDeletionRequestId);
      return { AccountAssignmentDeletionStatus: poll(request, scope) };
    }),
    ListAccountAssignmentCreationStatus: inIdentityCenter<
      sso.ListAccountAssignmentCreationStatusCommandInput,
      sso.ListAccountAssignmentCreationStatusCommandOutput
    >(cloud, onInstance('ListAccountAssignmentCreationStatus'), (input, scope) => {
      const { items, NextToken } = pageOf(changesUnderWay(scope, 'creation', input.Filter), input);
      return { AccountAssignmentsCreationStatus: items, NextToken };
    }),
    ListAccountAssignmentDeletionStatus: inIdentityCenter<
      sso.ListAccountAssignmentDeletionStatusCommandInput,
      sso.ListAccountAssignmentDeletionStatusCommandOutput
    >(cloud, onInstance('ListAccountAssignmentDeletionStatus'), (input, scope) => {
      const { items, NextToken } = pageOf(changesUnderWay(scope, 'deletion', input.Filter), input);
      return { AccountAssignmentsDeletionStatus: items, NextToken };
    }),
  };
}

function changing<Out extends object>(
  cloud: Cloud,
  kind: AssignmentRequestState['kind'],
  action: string,
  answer: (status: sso.AccountAssignmentOperationStatus) => Out,
): Operation {
  return inIdentityCenter<Change, Out>(
    cloud,
    ({ InstanceArn, PermissionSetArn, TargetId }, caller) =>
      requireAll(action, [InstanceArn, PermissionSetArn, accountArn(TargetId)], caller),
    (input, scope) => {
      checkInstance(scope, input.InstanceArn);
      const request: AssignmentRequestState = {
        requestId: uuid(scope.cloud),
        instanceArn: scope.center.instanceArn,
        kind,
        assignment: wanted(input, scope),
        createdAt: scope.cloud.now().toISOString(),
        status: 'IN_PROGRESS',
        polls: scope.center.polls,
      };
      // The answer was written before the change could come to its end.
      const status = shown(request);
      begin(request, scope);
      return answer(status) as never;
    },
  );
}

function wanted(input: Change, scope: Scope): AccountAssignmentState {
  const { PrincipalId: principalId = '', PrincipalType: principalType = 'USER', TargetId = '' } = input;
  const { arn } = findPermissionSet(scope, input.PermissionSetArn);
  if (principalType === 'USER' && !Object.hasOwn(scope.center.users, principalId))
    throw notFound(`USER with id ${principalId} does not exist.`);
  return { account: TargetId, permissionSetArn: arn, principalType, principalId };
}

function assignmentOf(one: AccountAssignmentState): sso.AccountAssignment {
  return {
    AccountId: one.account,
    PermissionSetArn: one.permissionSetArn,
    PrincipalType: one.principalType,
    PrincipalId: one.principalId,
  };
}
