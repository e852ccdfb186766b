import {
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
} from '@aws-sdk/client-s3';
import { ListAccessPointsCommand } from '@aws-sdk/client-s3-control';
import { parseArn } from '../../core/arn.ts';
import { boundedList } from '../../core/bounded.ts';
import { ourBucket, whereSet } from '../../core/bucket.ts';
import type { DescribedBucket } from './output.ts';
import type { Place, Reader } from './reads.ts';

const LISTED = 20;

type Settings = Pick<
  DescribedBucket,
  | 'website'
  | 'versioning'
  | 'mfaDelete'
  | 'replication'
  | 'accessPoints'
  | 'encryption'
  | 'serverAccessLogging'
  | 'truncated'
>;

/** How a bucket keeps, copies and records what is in it. */
export async function readSettings(place: Place, account: Reader): Promise<Settings> {
  const { name, region } = place;
  const bucket = ourBucket(name, account);
  const [website, versioning, encryption, logging, replication, { accessPoints, more }] = await Promise.all([
    whereSet(account.send(new GetBucketWebsiteCommand(bucket), region), 'NoSuchWebsiteConfiguration'),
    account.send(new GetBucketVersioningCommand(bucket), region),
    readEncryption(place, account),
    account.send(new GetBucketLoggingCommand(bucket), region),
    readReplication(place, account),
    readAccessPoints(place, account),
  ]);
  return {
    website: website !== undefined,
    versioning: versioning.Status ?? 'never enabled',
    mfaDelete: versioning.MFADelete === 'Enabled',
    replication: { rules: replication.rules, otherAccounts: replication.items },
    accessPoints,
    encryption,
    serverAccessLogging: logging.LoggingEnabled !== undefined,
    truncated: replication.truncated || more,
  };
}

/** S3 encrypts every new object, with keys of its own where nothing else is set. */
async function readEncryption(
  { name, region }: Place,
  account: Reader,
): Promise<DescribedBucket['encryption']> {
  const answer = await whereSet(
    account.send(new GetBucketEncryptionCommand(ourBucket(name, account)), region),
    'ServerSideEncryptionConfigurationNotFoundError',
  );
  const [rule] = answer?.ServerSideEncryptionConfiguration?.Rules ?? [];
  const { SSEAlgorithm: algorithm = 'AES256', KMSMasterKeyID: key = '' } =
    rule?.ApplyServerSideEncryptionByDefault ?? {};
  const owner = parseArn(key)?.account;
  return { algorithm, keyOfOtherAccount: owner === undefined || owner === account.id ? null : owner };
}

async function readReplication({ name, region }: Place, account: Reader) {
  const answer = await whereSet(
    account.send(new GetBucketReplicationCommand(ourBucket(name, account)), region),
    'ReplicationConfigurationNotFoundError',
  );
  const rules = (answer?.ReplicationConfiguration?.Rules ?? []).filter(({ Status }) => Status === 'Enabled');
  const owners = rules.flatMap(({ Destination: destination }) => destination?.Account ?? []);
  const others = [...new Set(owners)].filter((owner) => owner !== account.id).sort();
  return { rules: rules.length, ...boundedList(others, LISTED) };
}

/** Of the account's own; those that other accounts made for the bucket are not listed. */
async function readAccessPoints({ name, region }: Place, account: Reader) {
  const input = { AccountId: account.id, Bucket: name };
  const { AccessPointList: listed = [], NextToken: next } = await account.send(
    new ListAccessPointsCommand(input),
    region,
  );
  const count = (origin: string) => listed.filter(({ NetworkOrigin }) => NetworkOrigin === origin).length;
  return { accessPoints: { internet: count('Internet'), vpc: count('VPC') }, more: next !== undefined };
}
