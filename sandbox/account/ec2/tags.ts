import type * as ec2 from '@aws-sdk/client-ec2';
import { AwsError, type Operation, type RequestContext } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { listResources } from './listing.ts';
import { requireNew, requireResource, resourceTypeOf } from './resources.ts';
import { changing, reading, type Scope } from './scope.ts';

/** Tags of any resource of the region. */
export function tagOperations(cloud: Cloud): Record<string, Operation> {
  return {
    CreateTags: changing<ec2.CreateTagsCommandInput, ec2.CreateTagsCommandOutput>(
      cloud,
      (input, scope) =>
        (input.Resources ?? []).map((id) =>
          requireResource(scope, 'CreateTags', id, requestTags(input.Tags)),
        ),
      createTags,
    ),
    DeleteTags: changing<ec2.DeleteTagsCommandInput, ec2.DeleteTagsCommandOutput>(
      cloud,
      (input, scope) =>
        (input.Resources ?? []).map((id) =>
          requireResource(scope, 'DeleteTags', id, requestTags(input.Tags)),
        ),
      deleteTags,
    ),
    DescribeTags: reading<ec2.DescribeTagsCommandInput, ec2.DescribeTagsCommandOutput>(
      cloud,
      'DescribeTags',
      describeTags,
    ),
  };
}

/** A resource's tags as its description shows them. */
export function tagsOf(scope: Scope, id: string): ec2.Tag[] {
  return Object.entries(find(scope.ec2.tags, id) ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/** `aws:RequestTag/...` and `aws:TagKeys`. */
export function requestTags(tags: readonly ec2.Tag[] | undefined): RequestContext {
  const entries = (tags ?? []).map(({ Key = '', Value = '' }) => [
    `aws:requesttag/${Key.toLowerCase()}`,
    Value,
  ]);
  const keys = (tags ?? []).map(({ Key = '' }) => Key);
  return {
    ...(Object.fromEntries(entries) as RequestContext),
    ...(keys.length ? { 'aws:tagkeys': keys } : {}),
  };
}

/** The tags that a creating call gives to resources of one type. */
export function specifiedTags(
  specifications: readonly ec2.TagSpecification[] | undefined,
  type: string,
): readonly ec2.Tag[] {
  const matching = (specifications ?? []).filter((specification) => specification.ResourceType === type);
  return matching.flatMap((specification) => specification.Tags ?? []);
}

/** Creating with tags needs ec2:CreateTags too, which policies narrow by `ec2:CreateAction`. */
export function requireTagging(scope: Scope, createAction: string, type: string, tags: readonly ec2.Tag[]) {
  if (tags.length === 0) return [];
  return [requireNew(scope, 'CreateTags', type, { 'ec2:createaction': createAction, ...requestTags(tags) })];
}

export function putTags(scope: Scope, id: string, tags: readonly ec2.Tag[]): void {
  const merged = { ...find(scope.ec2.tags, id) };
  for (const { Key = '', Value = '' } of tags) {
    checkTag(Key, Value);
    merged[Key] = Value;
  }
  if (Object.keys(merged).length > 50)
    throw new AwsError('TagLimitExceeded', 'The maximum number of tags is 50 for each resource');
  scope.ec2.tags[id] = merged;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
function checkTag(key: string, value: string): void {
  if (key.length < 1 || key.length > 127 || value.length > 255)
    throw new AwsError('InvalidParameterValue', `Tag key or value has an invalid length: '${key}'`);
  if (key.toLowerCase().startsWith('aws:'))
    throw new AwsError(
      'InvalidParameterValue',
      "Tag keys starting with 'aws:' are reserved for internal use",
    );
}

function createTags(input: ec2.CreateTagsCommandInput, scope: Scope): object {
  const ids = input.Resources ?? [];
  for (const id of ids) checkExists(scope, id);
  for (const id of ids) putTags(scope, id, input.Tags ?? []);
  return {};
}

/** A tag with a value is deleted only if it has that value; without tags, all go. */
function deleteTags(input: ec2.DeleteTagsCommandInput, scope: Scope): object {
  for (const id of input.Resources ?? []) {
    checkExists(scope, id);
    const kept = Object.entries(scope.ec2.tags[id] ?? {}).filter(([key, value]) =>
      input.Tags?.every((tag) => tag.Key !== key || (tag.Value !== undefined && tag.Value !== value)),
    );
    scope.ec2.tags[id] = input.Tags ? Object.fromEntries(kept) : {};
  }
  return {};
}

/** Every resource has an entry, if only an empty one. */
function checkExists(scope: Scope, id: string): void {
  if (!find(scope.ec2.tags, id)) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
}

interface TagItem {
  readonly id: string;
  readonly key: string;
  readonly value: string;
}

function describeTags(input: ec2.DescribeTagsCommandInput, scope: Scope) {
  const tags = Object.entries(scope.ec2.tags).flatMap(([id, all]) =>
    Object.entries(all).map(([key, value]): [string, TagItem] => [`${id}/${key}`, { id, key, value }]),
  );
  const { items, NextToken } = listResources<TagItem>(scope, input, {
    records: Object.fromEntries(tags),
    prefix: '',
    ids: undefined,
    idOf: (item) => item.id,
    filters: {
      key: (item) => item.key,
      value: (item) => item.value,
      'resource-id': (item) => item.id,
      'resource-type': (item) => resourceTypeOf(item.id),
    },
  });
  const Tags = items.map(({ id, key, value }) => ({
    ResourceId: id,
    ResourceType: resourceTypeOf(id) as ec2.ResourceType,
    Key: key,
    Value: value,
  }));
  return { Tags, NextToken };
}
