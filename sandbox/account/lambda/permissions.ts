import { createHash } from 'node:crypto';
import type * as lambda from '@aws-sdk/client-lambda';
import type { Statement } from '../../authorize/policy.ts';
import { AwsError, type Operation, operation, type RequestContext } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { findQualified, invalid, notFound, requireFunction } from './functions.ts';
import type { QualifierState } from './state.ts';
import { statementOf } from './statement.ts';

type Get = [lambda.GetPolicyCommandInput, lambda.GetPolicyCommandOutput];
type Add = [lambda.AddPermissionCommandInput, lambda.AddPermissionCommandOutput];
type Remove = [lambda.RemovePermissionCommandInput, lambda.RemovePermissionCommandOutput];

/** A policy of more characters is refused (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const largestPolicy = 20 * 1024;

/** The resource policy of a function or alias, one statement at a time. */
export function permissionOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetPolicy: operation<Get[0], Get[1]>({
      requires: requireFunction(cloud, 'GetPolicy'),
      handle(input, caller, call) {
        const { state } = findQualified(cloud, input, caller, call);
        if (Object.keys(state.policy).length === 0)
          throw notFound('The resource you requested does not exist.');
        return { Policy: policyText(state), RevisionId: revisionOf(state) };
      },
    }),
    AddPermission: operation<Add[0], Add[1]>({
      requires: requireFunction(cloud, 'AddPermission', grantContext),
      handle(input, caller, call) {
        const { state, arn } = findQualified(cloud, input, caller, call);
        checkRevision(state, input.RevisionId);
        const statement = statementOf(input, arn);
        if (find(state.policy, statement.Sid))
          throw new AwsError(
            'ResourceConflictException',
            `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
            409,
            { Type: 'User' },
          );
        checkSize(state, statement);
        state.policy[statement.Sid] = statement;
        return { Statement: JSON.stringify(statement) };
      },
    }),
    RemovePermission: operation<Remove[0], Remove[1]>({
      requires: requireFunction(cloud, 'RemovePermission'),
      handle(input, caller, call) {
        const { state } = findQualified(cloud, input, caller, call);
        const { StatementId: id = '' } = input;
        if (!find(state.policy, id)) throw notFound(`Statement ${id} is not found in resource policy.`);
        checkRevision(state, input.RevisionId);
        delete state.policy[id];
        return {};
      },
    }),
  };
}

function grantContext(input: object): RequestContext {
  const { Principal: principal, FunctionUrlAuthType: type } = input as Add[0];
  return {
    ...(principal === undefined ? {} : { 'lambda:principal': principal }),
    ...(type === undefined ? {} : { 'lambda:functionurlauthtype': type }),
  };
}

function policyText({ policy }: QualifierState): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: Object.values(policy) });
}

/** AWS makes a new one at each change; here it follows from what the policy says, which a change changes as well. */
function revisionOf(state: QualifierState): string {
  const hex = createHash('sha256').update(policyText(state)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

function checkRevision(state: QualifierState, given: string | undefined): void {
  if (given !== undefined && given !== revisionOf(state))
    throw new AwsError(
      'PreconditionFailedException',
      'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
      412,
      { Type: 'User' },
    );
}

function checkSize({ policy }: QualifierState, statement: Statement): void {
  const size = JSON.stringify([...Object.values(policy), statement]).length;
  if (size > largestPolicy)
    throw new AwsError(
      'PolicyLengthExceededException',
      `The final policy size (${size}) is bigger than the limit (${largestPolicy}).`,
      400,
      { Type: 'User' },
    );
  if (statement.Sid === undefined) throw invalid('A statement must have an id');
}
