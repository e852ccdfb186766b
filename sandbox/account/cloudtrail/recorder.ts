import type { CallRecord } from '../../wire/service.ts';
import { nameOfArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { uuid } from '../ids.ts';
import { principalId, roleId } from '../principal-id.ts';
import { accountServices } from '../service-names.ts';
import { eventNameOf, eventSourceOf, isDataEvent, isReadOnlyEvent, regionOfEvent } from './naming.ts';
import type { CloudTrailRecord } from './record.ts';

/** The state is one JSON file: the oldest events go when there are more. */
const maximumEvents = 10_000;

/** An `onCall` hook that writes the account's CloudTrail history, refused calls included. */
export function createRecorder(cloud: Cloud): (record: CallRecord) => void {
  return (record) => {
    if (record.phase !== 'after' || !accountServices.has(record.service)) return;
    if (isDataEvent(record.service, record.operation)) return;
    const account = cloud.account(record.caller.account);
    account.events = [...account.events, toRecord(cloud, record)].slice(-maximumEvents);
  };
}

function toRecord(cloud: Cloud, record: CallRecord): CloudTrailRecord {
  const { caller, call, operation, service } = record;
  const readOnly = isReadOnlyEvent(operation);
  const eventSource = eventSourceOf(service);
  return {
    eventVersion: '1.11',
    eventID: uuid(cloud),
    eventTime: cloud
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    eventName: eventNameOf(service, operation),
    eventSource,
    awsRegion: regionOfEvent(eventSource, call.region),
    sourceIPAddress: call.sourceIpAddress,
    userAgent: call.userAgent,
    userIdentity: identityOf(cloud, record),
    requestParameters: camelCased(named(record)),
    responseElements: readOnly && operation !== 'AssumeRole' ? null : camelCased(record.output),
    ...errorOf(record),
    readOnly,
    managementEvent: true,
    eventType: 'AwsApiCall',
    recipientAccountId: caller.account,
    requestID: call.requestId,
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
function identityOf(cloud: Cloud, { caller }: CallRecord): Record<string, unknown> {
  const { arn, account: accountId, accessKeyId, roleArn } = caller;
  const common = { principalId: principalId(cloud, caller), arn, accountId, accessKeyId };
  if (roleArn === undefined) return { type: 'IAMUser', ...common, userName: nameOfArn(arn) };
  const issuer = {
    principalId: roleId(cloud, roleArn),
    arn: roleArn,
    accountId,
    userName: nameOfArn(roleArn),
  };
  const sourceIdentity = caller.sourceIdentity === undefined ? {} : { sourceIdentity: caller.sourceIdentity };
  const attributes = { mfaAuthenticated: 'false' };
  const sessionContext = { sessionIssuer: { type: 'Role', ...issuer }, attributes, ...sourceIdentity };
  return { type: 'AssumedRole', ...common, sessionContext };
}

/** S3's records call the bucket by its name's name. */
function named({ service, input }: CallRecord): object {
  if (service !== 's3' || !('Bucket' in input)) return input;
  const { Bucket: bucketName, ...rest } = input;
  return { bucketName, ...rest };
}

/** EC2's codes carry who is at fault. */
function errorOf({ service, errorCode, errorMessage }: CallRecord): Record<string, string> {
  if (errorCode === undefined) return {};
  return {
    errorCode: service === 'ec2' ? `Client.${errorCode}` : errorCode,
    ...(errorMessage === undefined ? {} : { errorMessage }),
  };
}

/** Parameters as CloudTrail writes them; what is secret never enters the history. */
function camelCased(value: object | undefined): Record<string, unknown> | null {
  if (value === undefined || Object.keys(value).length === 0) return null;
  return JSON.parse(JSON.stringify(value), function (this: object, _key, content: unknown) {
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return content;
    const entries = Object.entries(content).filter(
      ([name]) => !/^(secretAccessKey|sessionToken|password)$/i.test(name),
    );
    return Object.fromEntries(
      entries.map(([name, inner]) => [name.charAt(0).toLowerCase() + name.slice(1), inner]),
    );
  }) as Record<string, unknown>;
}
