import { ListBucketsCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { type Account, defineAction } from '../../core/account.ts';
import { NothingToDoError, NotOursError, WrongStateError } from '../../core/errors.ts';
import { BucketName, ownBucketRegion } from '../../core/own-bucket.ts';
import type { Consequence, PlannedAction } from '../../core/plan.ts';
import {
  Configuration,
  everythingInto,
  isSame,
  readConfiguration,
  reads,
  writeConfiguration,
  writes,
} from './configuration.ts';

const Parameters = z.strictObject({ bucket: BucketName });
const Before = z.strictObject({ configured: Configuration.nullable() });
const beforeOf = (planned: PlannedAction) => Before.parse(planned.before).configured;
const wantedOf = (planned: PlannedAction) => everythingInto(Parameters.parse(planned.params).bucket);

/**
 * Has every call of a model in a region logged. What was configured before somebody deleted it is not known from the
 * account: whoever decides names the bucket. A log group is no choice, since Bedrock writes there as a role that we
 * would have to pass on (https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html).
 */
export const enableBedrockLogging = defineAction({
  id: 'enable-bedrock-logging',
  title: 'Log the calls of Bedrock models',
  targets: ['account'],
  danger: 'low',
  family: 'data',
  order: 'evidence',
  params: Parameters,
  reads,
  writes,
  permissions: [
    {
      actions: [
        'bedrock:GetModelInvocationLoggingConfiguration',
        'bedrock:PutModelInvocationLoggingConfiguration',
        'bedrock:DeleteModelInvocationLoggingConfiguration',
        's3:ListAllMyBuckets',
      ],
      // None of them takes a resource.
      resources: ['*'],
    },
  ],

  async plan(target, { bucket }, account) {
    if (target.id !== account.id) throw new NotOursError(`account ${target.id}`, 'we are in another one');
    const configured = await readConfiguration(account);
    const wanted = everythingInto(bucket);
    if (isSame(configured, wanted))
      throw new NothingToDoError(`Bedrock's logging in ${target.region}`, `writes everything to ${bucket}`);
    await checkBucket(bucket, account);
    return {
      before: { configured },
      expected: { configured: wanted },
      change: `Every call of a Bedrock model in ${target.region} is logged into bucket ${bucket}, with all that was asked and answered${configured ? `, instead of into bucket ${configured.s3Config.bucketName}` : ''}. What was called before now is not.`,
      undo: configured
        ? `Put the logging configuration of ${target.region} back as it was, into bucket ${configured.s3Config.bucketName}.`
        : `Delete the logging configuration of ${target.region} again: nothing is logged, as before.`,
      cannotRestore: [],
      blastRadius,
      protectedTarget: false,
      observed: { id: target.id },
    };
  },

  execute: (planned, account) => writeConfiguration(wantedOf(planned), account),

  async verify(planned, account) {
    const configured = await readConfiguration(account).catch((error: unknown) => {
      if (error instanceof WrongStateError) return error;
      throw error;
    });
    if (configured instanceof WrongStateError) return { status: 'not-done', observed: configured.message };
    const observed = configured
      ? `calls are logged into bucket ${configured.s3Config.bucketName}`
      : 'no call is logged';
    return isSame(configured, wantedOf(planned))
      ? { status: 'done', observed }
      : { status: 'not-done', observed: `${observed}, which is not what was planned` };
  },

  async rollback(planned, account) {
    const before = beforeOf(planned);
    const configured = await readConfiguration(account);
    if (isSame(configured, before)) return;
    if (!isSame(configured, wantedOf(planned)))
      throw new WrongStateError(
        `Bedrock's logging in ${planned.target.region}`,
        'not what we made it',
        'somebody changed it since; that stays',
      );
    await writeConfiguration(before, account);
  },
});

/** Bedrock takes only a bucket of the same account and region. */
async function checkBucket(bucket: string, account: Account<typeof reads>): Promise<void> {
  const region = await ownBucketRegion(bucket, (input) => account.send(new ListBucketsCommand(input)));
  if (region !== account.region)
    throw new WrongStateError(
      `bucket ${bucket}`,
      `in ${region}`,
      `Bedrock logs only into a bucket of its own region; name one in ${account.region}`,
    );
}

const blastRadius: readonly Consequence[] = [
  {
    what: 'programs that notice',
    count: 0,
    evidence: 'Bedrock logs a call beside answering it; storage costs',
  },
  {
    what: 'prompts and answers that whoever may read the bucket can read from now on',
    count: null,
    evidence: 'not available: neither the calls nor the readers of the bucket are counted',
  },
];
