import type * as cloudtrail from '@aws-sdk/client-cloudtrail';
import { AwsError, type Call, type Caller, type Operation, operation } from '../../wire/service.ts';
import { trailArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import type { TrailState } from './state.ts';

type GetTrail = [cloudtrail.GetTrailCommandInput, cloudtrail.GetTrailCommandOutput];
type GetStatus = [cloudtrail.GetTrailStatusCommandInput, cloudtrail.GetTrailStatusCommandOutput];
type ListTags = [cloudtrail.ListTagsCommandInput, cloudtrail.ListTagsCommandOutput];
type Start = [cloudtrail.StartLoggingCommandInput, cloudtrail.StartLoggingCommandOutput];

interface Place {
  readonly cloud: Cloud;
  readonly account: string;
  readonly region: string;
}

/**
 * Trails. A name is looked for in the region of the call alone; another region's trail is named by its ARN, and is
 * changed at home only (https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html).
 */
export function trailOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetTrail: onTrail<GetTrail>(cloud, 'GetTrail', (trail, arn) => ({ Trail: shown(trail, arn) })),
    GetTrailStatus: onTrail<GetStatus>(cloud, 'GetTrailStatus', (trail) => ({
      IsLogging: trail.isLogging,
      LatestDeliveryError: trail.latestDeliveryError,
    })),
    ListTags: listTags(cloud),
    StartLogging: onTrail<Start>(cloud, 'StartLogging', (trail, arn, place) => log(trail, arn, place, true)),
    StopLogging: onTrail<Start>(cloud, 'StopLogging', (trail, arn, place) => log(trail, arn, place, false)),
  };
}

function onTrail<Types extends [{ Name: string | undefined }, object]>(
  cloud: Cloud,
  name: string,
  handle: (trail: TrailState, arn: string, place: Place) => object,
): Operation {
  return operation<Types[0], object>({
    requires: ({ Name }, caller, call) => [
      { action: `cloudtrail:${name}`, resource: arnOf(Name ?? '', placeOf(cloud, caller, call)) },
    ],
    handle({ Name }, caller, call) {
      const place = placeOf(cloud, caller, call);
      const arn = arnOf(Name ?? '', place);
      return handle(trailOf(Name ?? '', arn, place), arn, place);
    },
  });
}

function listTags(cloud: Cloud): Operation {
  return operation<ListTags[0], ListTags[1]>({
    requires: ({ ResourceIdList: ids = [] }) =>
      ids.map((resource) => ({ action: 'cloudtrail:ListTags', resource })),
    handle: ({ ResourceIdList: ids = [] }, caller, call) => ({
      ResourceTagList: ids.map((ResourceId) => {
        const { tags } = trailOf(ResourceId, ResourceId, placeOf(cloud, caller, call));
        return { ResourceId, TagsList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      }),
    }),
  });
}

function placeOf(cloud: Cloud, { account }: Caller, { region }: Call): Place {
  return { cloud, account, region };
}

function arnOf(reference: string, { account, region }: Place): string {
  return reference.startsWith('arn:') ? reference : trailArn(account, region, reference);
}

function trailOf(reference: string, arn: string, { cloud, account }: Place): TrailState {
  const [, , , region = '', owner, resource = ''] = arn.split(':');
  const name = resource.replace(/^trail\//, '');
  if (!/^[a-zA-Z0-9][\w.-]{1,126}[a-zA-Z0-9]$/.test(name))
    throw new AwsError('InvalidTrailNameException', `Trail name or ARN is not valid: ${reference}`);
  // Only a region that something is in is looked at: reading makes none.
  const regions = owner === account ? cloud.account(account).regions : {};
  const trail = find(find(regions, region)?.cloudtrail.trails ?? {}, name);
  if (!trail) throw new AwsError('TrailNotFoundException', `Unknown trail: ${reference}`);
  return trail;
}

function shown(trail: TrailState, called: string): cloudtrail.Trail {
  const [, , , HomeRegion = '', account = ''] = called.split(':');
  const TrailARN = trailArn(trail.managementAccount ?? account, HomeRegion, trail.name);
  return {
    Name: trail.name,
    TrailARN,
    HomeRegion,
    S3BucketName: trail.s3BucketName,
    IsMultiRegionTrail: trail.isMultiRegionTrail,
    IsOrganizationTrail: trail.managementAccount !== undefined,
    IncludeGlobalServiceEvents: true,
    LogFileValidationEnabled: true,
  };
}

/** Starting what is started, and stopping what is stopped, is no error. */
function log(trail: TrailState, arn: string, { region }: Place, isLogging: boolean): object {
  if (arn.split(':')[3] !== region)
    throw new AwsError('InvalidHomeRegionException', `${arn} is at home in another region than ${region}`);
  if (trail.managementAccount !== undefined)
    throw new AwsError(
      'NotOrganizationMasterAccountException',
      'Only the management account of the organization can change its trail',
    );
  trail.isLogging = isLogging;
  return {};
}
