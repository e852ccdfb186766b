import { GetBucketTaggingCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { defineTool } from '../../core/account.ts';
import { boundedList, boundedText } from '../../core/bounded.ts';
import { checkBucketName, ourBucket, readBucketTags } from '../../core/bucket.ts';
import { TargetNotFoundError } from '../../core/errors.ts';
import { findOwnBucket } from '../../core/own-bucket.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { readExposure } from './exposure.ts';
import { DescribedBucket } from './output.ts';
import { permissions, type Reader, reads } from './reads.ts';
import { readSettings } from './settings.ts';

const LISTED = 30;

/** What a bucket is set to, and whether the public reaches it. */
export const describeBucket = defineTool({
  id: 'describe-bucket',
  title: 'Describe a bucket',
  description:
    "An S3 bucket of the account: Block Public Access of bucket and account, whom its policy and ACL grant to, website, versioning, replication, access points, encryption, logging, tags. `publiclyReachable` needs a public policy or ACL that no setting shuts out; `unread` names what may let the public in besides. Not found for a name that is not this account's.",
  targets: ['bucket'],
  reads,
  permissions,
  output: DescribedBucket,
  tainted: ['/policy/services/*', '/tags/*/key', '/tags/*/value'],

  async ask({ id }, { account }) {
    try {
      return await describe(id, account);
    } catch (error) {
      if (error instanceof TargetNotFoundError) return undefined;
      throw error;
    }
  },
});

/** Undefined for a name that the account does not list, whoever else has it. */
async function describe(name: string, account: Reader): Promise<DescribedBucket | undefined> {
  checkBucketName(name);
  const own = await findOwnBucket(name, (input) => account.send(new ListBucketsCommand(input)));
  if (!own) return undefined;
  const place = { name, region: own.region };
  const found = await readBucketTags(name, () =>
    account.send(new GetBucketTaggingCommand(ourBucket(name, account)), own.region),
  );
  const tags = boundedList(found, LISTED);
  const [exposure, settings] = await Promise.all([
    readExposure(place, account),
    readSettings(place, account),
  ]);
  return {
    ...exposure,
    ...settings,
    region: own.region,
    createdAt: own.createdAt?.toISOString() ?? '',
    protected: isProtected(found),
    tags: tags.items.map(({ Key, Value }) => ({ key: boundedText(Key), value: boundedText(Value) })),
    truncated: exposure.truncated || settings.truncated || tags.truncated,
  };
}
