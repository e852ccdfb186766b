import { DescribeTagsCommand } from '@aws-sdk/client-ec2';
import { GetRoleCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import { ourBucket, readBucketTags } from '../core/bucket.ts';
import { TagsUnreadableError } from '../core/errors.ts';
import type { TaggedResource, TagProbe } from '../core/ports.ts';
import type { Tag } from '../core/reserved-tags.ts';
import type { Place } from '../core/resource-pattern.ts';
import type { Reader } from './operations.ts';

/** What EC2 keeps under an id of its own. */
const ofEc2: readonly TaggedResource['kind'][] = [
  'instance',
  'network-interface',
  'security-group',
  'volume',
  'snapshot',
  'image',
];

/** Asks the service that keeps the resource, on behalf of an incident, in the resource's own account and region. */
export function tagProbe(open: (place: Place, incident: string) => Reader): TagProbe {
  return {
    async tagsOf(resource, incident) {
      const { account, region } = resource;
      return read(resource, open({ account, region }, incident));
    },
  };
}

async function read({ kind, id }: TaggedResource, account: Reader): Promise<readonly Tag[]> {
  if (ofEc2.includes(kind)) return ofEc2Resource(id, account);
  if (kind === 'user') return (await account.send(new GetUserCommand({ UserName: id }))).User?.Tags ?? [];
  if (kind === 'role') return (await account.send(new GetRoleCommand({ RoleName: id }))).Role?.Tags ?? [];
  if (kind === 'bucket')
    return readBucketTags(id, () => account.send(new GetBucketTaggingCommand(ourBucket(id, account))));
  throw new TagsUnreadableError(kind);
}

/** A resource has 50 tags at most, which is less than a page. */
async function ofEc2Resource(id: string, account: Reader): Promise<readonly Tag[]> {
  const Filters = [{ Name: 'resource-id', Values: [id] }];
  const { Tags = [] } = await account.send(new DescribeTagsCommand({ Filters }));
  // A filter takes patterns.
  return Tags.filter(({ ResourceId }) => ResourceId === id);
}
