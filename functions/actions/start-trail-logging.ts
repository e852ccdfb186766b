import {
  GetTrailCommand,
  GetTrailStatusCommand,
  type GetTrailStatusCommandOutput,
  ListTagsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  type Tag,
} from '@aws-sdk/client-cloudtrail';
import * as z from 'zod';
import { type Account, defineAction } from '../core/account.ts';
import { parseArn } from '../core/arn.ts';
import { NothingToDoError, NotOursError, TargetNotFoundError } from '../core/errors.ts';
import { keptByCode } from '../core/infrastructure-as-code.ts';
import { hasName } from '../core/named-error.ts';
import type { Consequence, PlannedAction } from '../core/plan.ts';
import { isProtected } from '../core/reserved-tags.ts';

const reads = [GetTrailCommand, GetTrailStatusCommand, ListTagsCommand] as const;
const writes = [StartLoggingCommand, StopLoggingCommand] as const;
type Reader = Account<typeof reads>;

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html */
const NAME = /^[a-zA-Z0-9][\w.-]{1,126}[a-zA-Z0-9]$/;

/** Which trail, writing where, and that it stands still. Not when it stopped: nobody approves that. */
const Before = z.strictObject({ arn: z.string(), bucket: z.string(), logging: z.literal(false) });
const beforeOf = (planned: PlannedAction) => Before.parse(planned.before);

/**
 * Lets a trail record again. What was called while it stood still is in the event history alone, for 90 days, and
 * never in the trail's bucket (https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html).
 */
export const startTrailLogging = defineAction({
  id: 'start-trail-logging',
  title: 'Start the logging of a trail',
  targets: ['trail'],
  danger: 'low',
  family: 'data',
  order: 'evidence',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: [
        'cloudtrail:GetTrail',
        'cloudtrail:GetTrailStatus',
        'cloudtrail:ListTags',
        'cloudtrail:StartLogging',
        'cloudtrail:StopLogging',
      ],
      resources: ['arn:{partition}:cloudtrail:{region}:{account}:trail/*'],
      narrow: (planned) => [beforeOf(planned).arn],
    },
  ],

  async plan(target, _params, account) {
    const { arn, bucket } = await readTrail(target.id, account);
    const status = await readStatus(target.id, account);
    if (status?.IsLogging) throw new NothingToDoError(`trail ${target.id}`, 'is logging');
    const tags = await readTags(arn, account);
    return {
      before: { arn, bucket, logging: false },
      expected: { logging: true },
      change: `Trail ${target.id} records again, into bucket ${bucket}. What was called while it stood still is in CloudTrail's event history alone, for 90 days.`,
      undo: `Stop the logging of trail ${target.id} again.`,
      cannotRestore: [],
      blastRadius: [...blastRadius(status), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id, arn },
    };
  },

  async execute(planned, account) {
    await account
      .send(new StartLoggingCommand({ Name: planned.target.id }))
      .catch(notFound(planned.target.id));
  },

  async verify(planned, account) {
    const status = await readStatus(planned.target.id, account);
    if (!status) return { status: 'not-done', observed: 'the trail no longer exists: nothing is recorded' };
    return status.IsLogging
      ? { status: 'done', observed: 'the trail is logging' }
      : { status: 'not-done', observed: 'the trail is not logging' };
  },

  async rollback(planned, account) {
    beforeOf(planned);
    await account
      .send(new StopLoggingCommand({ Name: planned.target.id }))
      .catch(notFound(planned.target.id));
  },
});

/** Throws TargetNotFoundError, and NotOursError for the trail of an organisation, which its members see too. */
async function readTrail(
  name: string,
  account: Reader,
): Promise<{ readonly arn: string; readonly bucket: string }> {
  if (!NAME.test(name)) throw new TargetNotFoundError(`trail ${name}`);
  const { Trail: trail } = await account.send(new GetTrailCommand({ Name: name })).catch(notFound(name));
  const arn = trail?.TrailARN ?? '';
  if (parseArn(arn)?.account !== account.id)
    throw new NotOursError(
      `trail ${name}`,
      'it belongs to the management account of the organisation, which alone may start it',
    );
  return { arn, bucket: trail?.S3BucketName ?? '' };
}

/** Undefined for a trail that is gone. */
async function readStatus(name: string, account: Reader): Promise<GetTrailStatusCommandOutput | undefined> {
  try {
    return await account.send(new GetTrailStatusCommand({ Name: name }));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function readTags(arn: string, account: Reader): Promise<readonly Tag[]> {
  const { ResourceTagList: list } = await account.send(new ListTagsCommand({ ResourceIdList: [arn] }));
  return list?.[0]?.TagsList ?? [];
}

function notFound(name: string) {
  return (error: unknown): never => {
    if (isMissing(error)) throw new TargetNotFoundError(`trail ${name}`, { cause: error });
    throw error;
  };
}

function isMissing(error: unknown): boolean {
  return hasName(error, 'TrailNotFoundException');
}

function blastRadius(status: GetTrailStatusCommandOutput | undefined): readonly Consequence[] {
  const failed = (status?.LatestDeliveryError ?? '') !== '';
  return [
    {
      what: 'programs that notice',
      count: 0,
      evidence: 'A trail only records; it costs storage, and from the second one on fees',
    },
    {
      what: 'deliveries to its bucket that failed last: it may record without anybody getting the files',
      count: failed ? 1 : 0,
      evidence: 'GetTrailStatus LatestDeliveryError',
    },
  ];
}
