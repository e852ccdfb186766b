import {
  DescribeInstancesCommand,
  type Instance,
  type InstanceMetadataOptionsResponse,
  ModifyInstanceMetadataOptionsCommand,
} from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { type Account, defineAction } from '../core/account.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../core/errors.ts';
import { keptByCode } from '../core/infrastructure-as-code.ts';
import { readInstance } from '../core/instance.ts';
import type { Consequence, PlannedAction } from '../core/plan.ts';
import { isProtected } from '../core/reserved-tags.ts';
import { ec2Resource, fillResource } from '../core/resource-pattern.ts';

const reads = [DescribeInstancesCommand] as const;
const writes = [ModifyInstanceMetadataOptionsCommand] as const;
type Reader = Account<typeof reads>;
type Writer = Account<readonly [...typeof reads, ...typeof writes]>;
type Tokens = 'optional' | 'required';

/** Of the metadata options only `httpTokens` is written; the others must be what they were when people agreed. */
const Before = z.strictObject({
  httpTokens: z.literal('optional'),
  httpEndpoint: z.enum(['enabled', 'disabled']),
  httpPutResponseHopLimit: z.number().int(),
});
type Before = z.infer<typeof Before>;
const beforeOf = (planned: PlannedAction) => Before.parse(planned.before);

/**
 * Lets the instance metadata service answer sessions with a token alone (IMDSv2), so that a forged request or a
 * rebound name cannot read the role's credentials
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html).
 * Credentials that were read before stay valid: `revoke-sessions` ends them.
 */
export const requireImdsv2 = defineAction({
  id: 'require-imdsv2',
  title: 'Require IMDSv2 of an instance',
  targets: ['instance'],
  danger: 'medium',
  family: 'compute',
  order: 'credentials',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    { actions: ['ec2:DescribeInstances'], resources: ['*'] },
    {
      actions: ['ec2:ModifyInstanceMetadataOptions'],
      resources: [ec2Resource('instance')],
      narrow: (planned) => [ec2Resource('instance', planned.target.id)],
    },
  ],

  async plan(target, _params, account) {
    const instance = await describe(target.id, account);
    const before = optionsOf(target.id, instance);
    return {
      before,
      expected: { ...before, httpTokens: 'required' },
      change: `The metadata service of ${target.id} answers requests with a session token alone (HttpTokens required): IMDSv1 fails.`,
      undo: `Set HttpTokens of ${target.id} to ${before.httpTokens} again; the hop limit (${before.httpPutResponseHopLimit}) and the endpoint (${before.httpEndpoint}) are never touched.`,
      cannotRestore: [],
      blastRadius: [blastRadius(before), ...keptByCode(instance.Tags)],
      protectedTarget: isProtected(instance.Tags),
      observed: { id: target.id, arn: fillResource(ec2Resource('instance', target.id), target) },
    };
  },

  execute: (planned, account) => write(planned.target.id, 'required', account),

  async verify(planned, account) {
    const options = await readOptions(planned.target.id, account);
    if (!options) return { status: 'done', observed: 'the instance no longer exists' };
    const { HttpTokens: tokens, State: state } = options;
    return {
      status: tokens === 'required' && state === 'applied' ? 'done' : 'not-done',
      observed: `HttpTokens is ${tokens ?? 'unknown'}, and the options are ${state ?? 'in an unknown state'}`,
    };
  },

  rollback: (planned, account) => write(planned.target.id, beforeOf(planned).httpTokens, account),
});

/** Throws WrongStateError for an instance that is being terminated, NothingToDoError where IMDSv1 is refused already. */
function optionsOf(id: string, { MetadataOptions: options, State: state }: Instance): Before {
  if (state?.Name === 'shutting-down')
    throw new WrongStateError(
      `instance ${id}`,
      state.Name,
      'it will be gone, and cannot be changed any more',
    );
  if (options?.HttpTokens === 'required') throw new NothingToDoError(`instance ${id}`, 'requires IMDSv2');
  return Before.parse({
    httpTokens: options?.HttpTokens,
    httpEndpoint: options?.HttpEndpoint,
    httpPutResponseHopLimit: options?.HttpPutResponseHopLimit,
  });
}

async function write(id: string, tokens: Tokens, account: Writer): Promise<void> {
  await account.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: id, HttpTokens: tokens }));
}

function describe(id: string, account: Reader): Promise<Instance> {
  return readInstance(id, (input) => account.send(new DescribeInstancesCommand(input)));
}

/** Undefined for an instance that is gone. */
async function readOptions(
  id: string,
  account: Reader,
): Promise<InstanceMetadataOptionsResponse | undefined> {
  try {
    return (await describe(id, account)).MetadataOptions ?? {};
  } catch (error) {
    if (error instanceof TargetNotFoundError) return undefined;
    throw error;
  }
}

function blastRadius({ httpEndpoint }: Before): Consequence {
  const what = 'programs on the instance that still use IMDSv1, which get no metadata and no credentials';
  if (httpEndpoint === 'disabled')
    return { what, count: 0, evidence: 'DescribeInstances: the metadata service is switched off' };
  return { what, count: null, evidence: "not available: CloudWatch's MetadataNoToken is not read" };
}
