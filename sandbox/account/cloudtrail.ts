import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import { AwsError, operation, type Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { TokenBucket } from './cloudtrail/bucket.ts';
import type { CloudTrailRecord } from './cloudtrail/record.ts';
import { resourcesOf } from './cloudtrail/resources.ts';
import { trailOperations } from './cloudtrail/trails.ts';
import { pageAt } from './pages.ts';

type Input = cloudtrail.LookupEventsCommandInput;
type Output = cloudtrail.LookupEventsCommandOutput;

export interface CloudTrailOptions {
  /** AWS allows 2 LookupEvents a second for an account and region; off unless asked for. */
  readonly limitLookups?: boolean;
}

const day = 86_400_000;
const history = 90 * day;
const pageSize = 50;
const lookupsPerSecond = 2;

/** CloudTrail: trails, and the event history (https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html). */
export function cloudTrailService(cloud: Cloud, options: CloudTrailOptions = {}): Service {
  const buckets = new Map<string, TokenBucket>();
  const lookupEvents = operation<Input, Output>({
    requires: () => [{ action: 'cloudtrail:LookupEvents', resource: '*' }],
    handle(input, caller, { region }) {
      const key = `${caller.account}/${region}`;
      const bucket = buckets.get(key) ?? new TokenBucket(lookupsPerSecond);
      buckets.set(key, bucket);
      if (options.limitLookups && !bucket.take(cloud.now()))
        throw new AwsError('ThrottlingException', 'Rate exceeded');
      return lookUp(cloud, caller.account, region, input);
    },
  });
  return {
    signingName: 'cloudtrail',
    protocol: 'awsJson1_1',
    schemas: cloudtrail,
    operations: { LookupEvents: lookupEvents, ...trailOperations(cloud) },
  };
}

function lookUp(cloud: Cloud, account: string, region: string, input: Input) {
  const { start, end } = checkedWindow(input, cloud.now());
  const attribute = checkedAttribute(input);
  const matching = cloud.account(account).events.filter((record) => {
    const time = Date.parse(record.eventTime);
    const inWindow = time >= start && time <= end;
    return (
      inWindow && record.awsRegion === region && record.managementEvent && hasAttribute(record, attribute)
    );
  });
  // Sorting is stable: among events of the same second, the one recorded last comes first.
  const newestFirst = matching.reverse().sort((left, right) => right.eventTime.localeCompare(left.eventTime));
  return pageOf(newestFirst.map(toEvent), input);
}

function checkedWindow(input: Input, now: Date): { readonly start: number; readonly end: number } {
  const oldest = now.getTime() - history;
  const start = Math.max(input.StartTime?.getTime() ?? oldest, oldest);
  const end = input.EndTime?.getTime() ?? now.getTime();
  if (input.StartTime && end < input.StartTime.getTime())
    throw new AwsError('InvalidTimeRangeException', 'The start time must be before the end time.');
  return { start, end };
}

function checkedAttribute(input: Input): cloudtrail.LookupAttribute | undefined {
  const attributes = input.LookupAttributes ?? [];
  if (attributes.length > 1)
    throw new AwsError(
      'InvalidLookupAttributesException',
      'You can only use one lookup attribute at a time.',
    );
  return attributes[0];
}

function hasAttribute(record: CloudTrailRecord, attribute: cloudtrail.LookupAttribute | undefined): boolean {
  if (!attribute) return true;
  return valuesOf(record, attribute.AttributeKey).includes(attribute.AttributeValue ?? '');
}

function valuesOf(record: CloudTrailRecord, key: string | undefined): readonly (string | undefined)[] {
  switch (key) {
    case 'AccessKeyId':
      return [accessKeyOf(record)];
    case 'EventId':
      return [record.eventID];
    case 'EventName':
      return [record.eventName];
    case 'EventSource':
      return [record.eventSource];
    case 'ReadOnly':
      return [String(record.readOnly)];
    case 'ResourceName':
      return resourcesOf(record).map((resource) => resource.ResourceName);
    case 'ResourceType':
      return resourcesOf(record).map((resource) => resource.ResourceType);
    case 'Username':
      return [userNameOf(record)];
    default:
      throw new AwsError('InvalidLookupAttributesException', `${key} is not a lookup attribute`);
  }
}

function toEvent(record: CloudTrailRecord): cloudtrail.Event {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    EventSource: record.eventSource,
    EventTime: new Date(record.eventTime),
    ReadOnly: String(record.readOnly),
    AccessKeyId: accessKeyOf(record),
    Username: userNameOf(record),
    Resources: resourcesOf(record).map((resource) => ({ ...resource })),
    CloudTrailEvent: JSON.stringify(record),
  };
}

function accessKeyOf({ userIdentity }: CloudTrailRecord): string | undefined {
  return typeof userIdentity.accessKeyId === 'string' ? userIdentity.accessKeyId : undefined;
}

/** The user's name, a session's name (the principal id's second half), or `root`. */
function userNameOf({ userIdentity }: CloudTrailRecord): string | undefined {
  if (typeof userIdentity.userName === 'string') return userIdentity.userName;
  if (userIdentity.type === 'Root') return 'root';
  return typeof userIdentity.principalId === 'string' ? userIdentity.principalId.split(':')[1] : undefined;
}

/** The token is the position in the list; events that arrive between two pages shift it, as they may at AWS. */
function pageOf(
  events: readonly cloudtrail.Event[],
  { NextToken: token, MaxResults: size = pageSize }: Input,
) {
  if (size < 1 || size > pageSize)
    throw new AwsError('InvalidMaxResultsException', 'MaxResults must be 1 to 50.');
  const page = pageAt(events, token, size);
  if (!page) throw new AwsError('InvalidNextTokenException', 'The next token is invalid.');
  return { Events: page.items, NextToken: page.next };
}
