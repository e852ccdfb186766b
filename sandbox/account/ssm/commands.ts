import type * as ssm from '@aws-sdk/client-ssm';
import { AwsError, type Operation } from '../../wire/service.ts';
import { ec2Arn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { uuid } from '../ids.ts';
import { hashOf } from './documents.ts';
import { findDocument, inScope, pageOf, requireDocument, type Scope } from './scope.ts';
import type { InvocationState } from './state.ts';

type Describe = ssm.DescribeInstanceInformationCommandInput;
type List = ssm.ListCommandInvocationsCommandInput;

/** Run Command: https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html */
export function commandOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeInstanceInformation: inScope<Describe, ssm.DescribeInstanceInformationCommandOutput>(
      cloud,
      () => [{ action: 'ssm:DescribeInstanceInformation', resource: '*' }],
      (input, scope) => {
        const { items, NextToken } = pageOf(managed(input, scope), input.NextToken, input.MaxResults);
        return { InstanceInformationList: items, NextToken };
      },
    ),
    SendCommand: inScope<ssm.SendCommandCommandInput, ssm.SendCommandCommandOutput>(
      cloud,
      ({ DocumentName, InstanceIds: ids = [] }, scope) => [
        requireDocument(scope, 'SendCommand', DocumentName),
        ...ids.map((id) => ({
          action: 'ssm:SendCommand',
          resource: ec2Arn(scope.account, scope.region, `instance/${id}`),
        })),
      ],
      (input, scope) => ({ Command: sent(input, scope) }),
    ),
    ListCommandInvocations: inScope<List, ssm.ListCommandInvocationsCommandOutput>(
      cloud,
      () => [{ action: 'ssm:ListCommandInvocations', resource: '*' }],
      (input, scope) => {
        const { items, NextToken } = pageOf(invocations(input, scope), input.NextToken, input.MaxResults);
        return { CommandInvocations: items.map(shown), NextToken };
      },
    ),
  };
}

/** What is not managed is not in the list, also where it is asked for by id. */
function managed({ Filters: filters = [] }: Describe, { ssm: { instances } }: Scope) {
  const unknown = filters.find(({ Key }) => Key !== 'InstanceIds');
  if (unknown) throw new AwsError('InvalidFilterKey', `The filter ${unknown.Key} is not known here.`);
  return Object.values(instances)
    .filter(({ instanceId }) => filters.every(({ Values }) => Values?.includes(instanceId)))
    .map(({ instanceId, pingStatus, platformType }) => ({
      ...{ InstanceId: instanceId, PingStatus: pingStatus, PlatformType: platformType },
      ResourceType: 'EC2Instance' as const,
    }));
}

function sent(input: ssm.SendCommandCommandInput, scope: Scope): ssm.Command {
  const { DocumentName, DocumentVersion, DocumentHash, InstanceIds: ids = [], Comment = '' } = input;
  const document = findDocument(scope, DocumentName, DocumentVersion);
  if (DocumentHash !== undefined && DocumentHash !== hashOf(document))
    throw new AwsError('InvalidDocument', 'The document hash does not match the document.');
  const instances = ids.map((id) => reachable(id, scope));
  if (instances.length === 0 || Comment.length > 100)
    throw new AwsError('ValidationException', 'The command names no instance, or its comment is too long.');
  const commandId = uuid(scope.cloud);
  const requestedAt = momentAfter(scope);
  const made = instances.map(({ instanceId, commandStatus }): InvocationState => {
    const [documentName, status] = [document.name, commandStatus];
    return { commandId, instanceId, documentName, comment: Comment, requestedAt, status };
  });
  scope.ssm.invocations = [...made, ...scope.ssm.invocations];
  return {
    ...{ CommandId: commandId, DocumentName: document.name, Comment, InstanceIds: ids, Status: 'Pending' },
    RequestedDateTime: new Date(requestedAt),
  };
}

/** Now, but after every earlier command also where the clock stands still. */
function momentAfter({ cloud, ssm: { invocations } }: Scope): string {
  const latest = invocations[0] ? Date.parse(invocations[0].requestedAt) : 0;
  return new Date(Math.max(cloud.now().getTime(), latest + 1)).toISOString();
}

function reachable(id: string, { ssm: { instances } }: Scope) {
  const instance = find(instances, id);
  if (instance?.pingStatus !== 'Online')
    throw new AwsError('InvalidInstanceId', `Instances [[${id}]] not in a valid state for account`);
  return instance;
}

function invocations({ InstanceId: id, Filters: filters = [] }: List, { ssm }: Scope) {
  const unknown = filters.find(({ key }) => key !== 'DocumentName');
  if (unknown) throw new AwsError('InvalidFilterKey', `The filter ${unknown.key} is not known here.`);
  return ssm.invocations.filter(
    ({ instanceId, documentName }) =>
      (id === undefined || instanceId === id) && filters.every(({ value }) => value === documentName),
  );
}

function shown(one: InvocationState): ssm.CommandInvocation {
  return {
    ...{ CommandId: one.commandId, InstanceId: one.instanceId, DocumentName: one.documentName },
    ...{ Comment: one.comment, Status: one.status, StatusDetails: one.status },
    RequestedDateTime: new Date(one.requestedAt),
  };
}
