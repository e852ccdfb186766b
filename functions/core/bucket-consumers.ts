import { type PolicyConsumers, policyConsumers } from './bucket-policy.ts';
import type { Consequence } from './plan.ts';
import { measured } from './reach.ts';

/** One page of ListAccessPoints is enough to count by: an account has few for one bucket. */
interface AccessPoints {
  readonly AccessPointList?: readonly object[] | undefined;
  readonly NextToken?: string | undefined;
}

/** The access points of a bucket, each a way in with a policy of its own; `meaning` says what becomes of them. */
export function accessPoints(
  meaning: string,
  list: () => Promise<AccessPoints>,
): Promise<readonly Consequence[]> {
  const what = `access points of the bucket, ${meaning}`;
  return measured(what, async () => {
    const { AccessPointList: listed = [], NextToken: more } = await list();
    const count = more === undefined ? listed.length : null;
    return [
      {
        what,
        count,
        evidence: 'ListAccessPoints, which does not list those that other accounts made for it',
      },
    ];
  });
}

const NOBODY: PolicyConsumers = { everybody: false, named: [], distributions: [] };

/**
 * Whom a bucket's policy lets in, so that they may use what is in it: S3 records nobody's reads where a plan could see
 * them. A policy that grants to everybody, or that cannot be read, counts as large.
 */
export function grantedTo(policy: string | null): readonly Consequence[] {
  const consumers = policy === null ? NOBODY : policyConsumers(policy);
  const isKnown = consumers !== undefined && !consumers.everybody;
  const evidence = isKnown
    ? 'GetBucketPolicy; what IAM policies and ACLs grant besides is not read'
    : 'not available: the policy grants to everybody, or cannot be read';
  return [
    {
      what: 'principals, accounts and AWS services that the policy of the bucket lets in by name',
      count: isKnown ? consumers.named.length : null,
      evidence,
    },
    {
      what: 'CloudFront distributions that the policy of the bucket names',
      count: isKnown ? consumers.distributions.length : null,
      evidence,
    },
  ];
}

interface ReplicationRule {
  readonly Status?: string | undefined;
  readonly Filter?: object | undefined;
  readonly DeleteMarkerReplication?: { readonly Status?: string | undefined } | undefined;
}

/**
 * Rules that copy a delete marker to another bucket: those that say so, and those of the first version, which have no
 * filter (https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnt-replicated.html).
 */
export function copyingMarkers(rules: readonly ReplicationRule[]): Consequence {
  const copying = rules.filter(
    ({ Status, Filter, DeleteMarkerReplication: markers }) =>
      Status === 'Enabled' && (Filter === undefined || markers?.Status === 'Enabled'),
  );
  return {
    what: 'replication rules that copy the delete marker, so that other buckets hide the object too',
    count: copying.length,
    evidence: 'GetBucketReplication',
  };
}

interface Listening {
  readonly Events?: readonly string[] | undefined;
}

interface Notifications {
  readonly LambdaFunctionConfigurations?: readonly Listening[] | undefined;
  readonly QueueConfigurations?: readonly Listening[] | undefined;
  readonly TopicConfigurations?: readonly Listening[] | undefined;
  readonly EventBridgeConfiguration?: object | undefined;
}

const MARKED = ['s3:ObjectRemoved:*', 's3:ObjectRemoved:DeleteMarkerCreated'];

/** Whoever is told of a delete marker, whatever keys they listen for: EventBridge is told of everything. */
export function toldOfMarkers(notifications: Notifications): Consequence {
  const { LambdaFunctionConfigurations: functions = [], QueueConfigurations: queues = [] } = notifications;
  const { TopicConfigurations: topics = [], EventBridgeConfiguration: bus } = notifications;
  const told = [...functions, ...queues, ...topics].filter(({ Events: events = [] }) =>
    events.some((event) => MARKED.includes(event)),
  );
  return {
    what: 'functions, queues, topics and event buses that are told of the delete marker',
    count: told.length + (bus === undefined ? 0 : 1),
    evidence: 'GetBucketNotificationConfiguration',
  };
}
