import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetFunctionUrlConfigCommand, ListFunctionUrlConfigsCommand } from '@aws-sdk/client-lambda';
import type { ImitatedAccount } from './service.ts';
import { absent } from './shapes.ts';

/**
 * Where moto is not AWS: moto 5.2.5 (`requirements.txt`), each with what AWS documents. The run fails for a
 * difference that is not listed here, and for one that is listed and no longer shows.
 */
export interface Difference {
  readonly action: string;
  /** The case's name, or `*` for each of the action's. */
  readonly case: string;
  /** Matches the step and the place where it shows, and no other difference. */
  readonly shows: RegExp;
  readonly because: string;
}

const tagsOfTheDead =
  'moto still describes the tags of what was deleted; in AWS they go with the resource ' +
  '(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html)';

const conditionsOfPermissions =
  'moto writes FunctionUrlAuthType and InvokedViaFunctionUrl of AddPermission beside the statement instead of as its ' +
  'condition, and principals that are no root or service as a text ' +
  '(https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html)';
const noQualifiers =
  "moto's Lambda has one URL and one policy for a function and all its aliases; in AWS each alias has its own " +
  '(https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html)';
const lifecycleFields =
  'moto drops fields of lifecycle rules that it does not know ' +
  '(https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html)';

export const differences: readonly Difference[] = [
  ...[
    'two interfaces with groups of their own, in a VPC that was never touched',
    'an instance behind a load balancer',
    'a VPC whose earlier closed group was given a rule',
  ].map((name) => ({
    action: 'isolate-instance',
    case: name,
    shows: /^everything is as before.*\/ec2\/tags\/sg-/,
    because: tagsOfTheDead,
  })),
  {
    action: 'deregister-targets',
    case: '*',
    shows: /^it executes twice: InvalidTargetException/,
    because:
      'moto refuses to deregister a target that is not registered; AWS returns successfully ' +
      '(https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeregisterTargets.html)',
  },
  {
    action: 'deregister-targets',
    case: 'two ports of one group, and an address of the instance in another',
    shows: /^the seed arrives: .*\/targets\/\d/,
    because:
      'moto keeps one port of a target; in AWS the same target may be registered on several ' +
      '(https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html)',
  },
  {
    action: 'snapshot-volumes',
    case: '*',
    shows: /^everything is as before.*\/ec2\/tags\/snap-/,
    because: tagsOfTheDead,
  },
  {
    action: 'share-snapshots',
    case: 'one that is shared already, and one under a customer managed key',
    shows: /^it plans: WrongStateError: .* is encrypted with the AWS managed key/,
    because:
      'moto does not give a snapshot the KMS key of its volume; AWS does ' +
      '(https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html)',
  },
  {
    action: 'require-imdsv2',
    case: '*',
    shows:
      /^everything is as before.*\/metadataOptions\/http(Endpoint is undefined|PutResponseHopLimit is 1)/,
    because:
      'moto forgets the options that ModifyInstanceMetadataOptions does not name; in AWS what is not named keeps ' +
      'its value (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html)',
  },
  {
    action: 'close-function-url',
    case: 'a function with a public URL and a policy that lets everybody use it',
    shows: /^the seed arrives: .*\/policy\/public\/(FunctionUrlAuthType|Condition) /,
    because: conditionsOfPermissions,
  },
  {
    action: 'close-function-url',
    case: 'public URLs of two aliases beside one that is closed',
    shows: /^(the seed arrives: .*\/checkout\/aliases\/|what is innocent stays: 3\/url\/authType )/,
    because: noQualifiers,
  },
  {
    action: 'stop-function',
    case: 'a function with a reservation and callers of every kind',
    shows: /^the seed arrives: .*\/checkout\/(aliases\/live\/policy\/uploads|url\/authType) /,
    because: noQualifiers,
  },
  {
    action: 'remove-function-permission',
    case: '*',
    shows: /^it executes: NotYetError/,
    because:
      'moto refuses RemovePermission with any RevisionId, because it compares a list with a text; in AWS the revision ' +
      'that GetPolicy gave is taken (https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html)',
  },
  {
    action: 'remove-function-permission',
    case: 'strangers of every kind beside those from inside',
    shows: /^the seed arrives: .*\/policy\/(inside|partner-role|url|via-url)\//,
    because: conditionsOfPermissions,
  },
  {
    action: 'remove-function-permission',
    case: 'an alias',
    shows: /^the seed arrives: .*\/checkout\/(aliases|policy)\//,
    because: noQualifiers,
  },
  {
    action: 'remove-function-permission',
    case: 'a statement that AddPermission cannot write, of a function that people protect',
    shows: /^the seed arrives: .*\/policy\/written\//,
    because:
      'moto has no PutResourcePolicy, which alone writes such a statement ' +
      '(https://docs.aws.amazon.com/lambda/latest/api/API_PutResourcePolicy.html)',
  },
  {
    action: 'protect-bucket-versions',
    case: 'versions that were suspended, and rules of every kind',
    shows: /^the seed arrives: .*\/(NewerNoncurrentVersions|ObjectSizeGreaterThan) is undefined/,
    because: lifecycleFields,
  },
  {
    action: 'protect-bucket-versions',
    case: 'versions that are kept, but for a rule; under MFA delete, a stack and protection',
    shows: /^the seed arrives: .*\/NewerNoncurrentVersions is undefined/,
    because: lifecycleFields,
  },
  {
    action: 'quarantine-object',
    case: 'a key that is not to be trusted, in a bucket of a stack',
    shows: /^it plans: TargetNotFoundError/,
    because:
      'moto does not encode the keys of ListObjectVersions where EncodingType asks for it ' +
      '(https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html)',
  },
  {
    action: 'cancel-key-deletion',
    case: 'a primary key that waits for its replicas',
    shows: /\/(keyState is "PendingDeletion", not "PendingReplicaDeletion"|deletionDate is )/,
    because:
      'moto knows no PendingReplicaDeletion, in which a primary key has no day of deletion yet ' +
      '(https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html)',
  },
  {
    action: 'make-database-private',
    case: 'a database of a stack, with a change that waits for the maintenance window',
    shows: /^the seed arrives: .*\/dbInstanceClass is "db.r7g.large"/,
    because:
      'moto changes the class at once also without ApplyImmediately ' +
      '(https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html)',
  },
  {
    action: 'detach-instance-profile',
    case: '*',
    shows: /^everything is as before.*: 3\/1 is "iip-assoc-/,
    because:
      "moto gives an instance's profile the association's id for its own " +
      '(https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IamInstanceProfile.html)',
  },
  {
    action: 'restrict-role-trust',
    case: 'a protected role that outsiders alone may assume, in a single statement',
    shows: /^it executes: WrongStateError/,
    because:
      'moto takes no document without a Version; AWS reads that as 2008-10-17 ' +
      '(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html)',
  },
  {
    action: 'protect-instance',
    case: 'an instance that is stopped, without volumes',
    shows: /^the seed arrives: .*\/blockDevices\/0 is /,
    because:
      'moto gives every instance a root disk; in AWS one whose image is in an instance store has none ' +
      '(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/RootDeviceStorage.html)',
  },
  {
    action: 'create-flow-logs',
    case: '*',
    shows: /^(it plans: NotOursError|the seed arrives: .*\/tags\/fl-)/,
    because:
      "moto's ListBuckets names no region of a bucket, so that the log's bucket is not known for our own " +
      '(https://docs.aws.amazon.com/AmazonS3/latest/API/API_Bucket.html), and its flow logs keep no tags',
  },
  {
    action: 'deny-network-acl',
    case: '*',
    shows: /^(it plans: |the seed arrives: .*\/tags\/acl-)/,
    because: 'the seeder makes no network ACLs and no prefix lists yet: what is planned on is not the case',
  },
];

/** Sends on moto, or asks the laptop cloud, which has the case's seed and activity. */
export interface Elsewhere {
  readonly send: ImitatedAccount['send'];
  readonly laptop: (command: object) => Promise<unknown>;
}

interface MissingOperation {
  /** A call that must go on failing on moto as one that it does not have. */
  readonly probe: object;
  readonly because: string;
  /** The answer from elsewhere. Everything else of the case is moto's. */
  readonly answer: (command: object, elsewhere: Elsewhere) => Promise<unknown>;
}

/** What moto does not have at all, by operation. */
export const missingOperations: Readonly<Record<string, MissingOperation>> = {
  'cloudtrail:LookupEvents': {
    probe: new LookupEventsCommand({}),
    because: 'moto keeps no history of calls: its CloudTrail has trails and nothing that they record',
    answer: (command, { laptop }) => laptop(command),
  },
  'lambda:ListFunctionUrlConfigs': {
    probe: new ListFunctionUrlConfigsCommand({ FunctionName: 'any' }),
    because: "moto has GetFunctionUrlConfig alone, which is asked instead for the function's one URL",
    answer: async (command, { send }) => {
      const { FunctionName } = (command as ListFunctionUrlConfigsCommand).input;
      const asked = send(new GetFunctionUrlConfigCommand({ FunctionName }));
      const url = await absent('ResourceNotFoundException', asked);
      return { FunctionUrlConfigs: url ? [url] : [] };
    },
  },
};

interface NotRun {
  readonly action: string;
  readonly because: string;
}

/** Actions that no case is run of; the run fails where one could be. */
export const notRun: readonly NotRun[] = [
  {
    action: 'rotate-secret',
    because: 'moto runs the rotation function in Docker, which the run does not ask for',
  },
  {
    action: 'run-document',
    because: 'moto has no ListCommandInvocations and no managed instances: a command is not found again',
  },
  {
    action: 'block-domain',
    because: 'moto has no firewall domain lists: of Route 53 Resolver, endpoints, rules and query logs alone',
  },
  { action: 'enable-bedrock-logging', because: 'nobody has written a seeder for Bedrock yet' },
  { action: 'enter-standby', because: 'nobody has written a seeder for Auto Scaling yet' },
  { action: 'stop-service', because: 'nobody has written a seeder for ECS yet' },
  { action: 'deny-principal-by-organization', because: 'nobody has written a seeder for organizations yet' },
  { action: 'remove-account-assignment', because: 'nobody has written a seeder for Identity Center yet' },
  { action: 'remove-cluster-access', because: 'nobody has written a seeder for EKS yet' },
];
