import type { AddPermissionRequest } from '@aws-sdk/client-lambda';
import type { ConditionBlock, PrincipalBlock, Statement } from '../../authorize/policy.ts';
import { invalid } from './functions.ts';

/** The statement that AddPermission writes (https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html). */
export function statementOf(input: AddPermissionRequest, arn: string): Statement & { readonly Sid: string } {
  const { StatementId: Sid = '', Action: action = '' } = input;
  if (!/^[\w-]{1,100}$/.test(Sid)) throw invalid(`The statement id ${Sid} is not valid`);
  if (!/^(lambda:(\*|[a-zA-Z]+)|\*)$/.test(action)) throw invalid(`The action ${action} is not valid`);
  const condition = conditionOf(input);
  return {
    Sid,
    Effect: 'Allow',
    Principal: principalOf(input.Principal ?? ''),
    Action: action,
    Resource: arn,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

function principalOf(text: string): PrincipalBlock {
  if (text === '*') return '*';
  if (/^\d{12}$/.test(text)) return { AWS: `arn:aws:iam::${text}:root` };
  if (/^arn:aws[\w-]*:(iam|sts)::\d{12}:/.test(text)) return { AWS: text };
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text)) return { Service: text };
  throw invalid('The provided principal was invalid. Please check the principal and try again.');
}

function conditionOf(input: AddPermissionRequest): ConditionBlock {
  const equals = {
    ...(input.SourceAccount === undefined ? {} : { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
    ...(input.EventSourceToken === undefined ? {} : { 'lambda:EventSourceToken': input.EventSourceToken }),
    ...(input.FunctionUrlAuthType === undefined
      ? {}
      : { 'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType }),
  };
  return {
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
    ...(input.SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
    ...(input.InvokedViaFunctionUrl === undefined
      ? {}
      : { Bool: { 'lambda:InvokedViaFunctionUrl': String(input.InvokedViaFunctionUrl) } }),
  };
}
