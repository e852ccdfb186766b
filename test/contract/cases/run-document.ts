import { SendCommandCommand } from '@aws-sdk/client-ssm';
import { reviewedDocuments } from '../../../functions/core/reviewed-documents.ts';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { INNOCENT, instances, network, TARGET } from './seeds.ts';

export const { run, undo } = reviewedDocuments['block-instance-metadata'];

/** Two instances that Systems Manager reaches, and its documents: ours and one of the owner's. */
export function managed(instance: object = {}, ssm: object = {}, ec2: object = {}) {
  return {
    ec2: { ...network(), instances: instances(ec2) },
    ssm: {
      documents: [run, undo, { name: 'patch', content: run.content }],
      instances: [{ instanceId: TARGET, ...instance }, { instanceId: INNOCENT }],
      ...ssm,
    },
  };
}

/** Everything but what was run. */
function restorable({ iam, regions }: AccountState): unknown {
  const { ssm, ...region } = regions[REGION] ?? {};
  return [iam, region, { ...ssm, invocations: [] }];
}

const send = (DocumentName: string, id: string) =>
  new SendCommandCommand({ DocumentName, InstanceIds: [id] });

const common = {
  target: target('instance', TARGET),
  params: { document: 'block-instance-metadata' },
  restorable,
  innocent: ({ regions }) => {
    const { invocations = [], ...ssm } = regions[REGION]?.ssm ?? {};
    const elsewhere = invocations.filter(({ instanceId }) => instanceId !== TARGET);
    return [ssm, elsewhere, regions[REGION]?.ec2];
  },
  trespasses: () => [
    send(run.name, INNOCENT),
    send('patch', TARGET),
    send('AWS-RunShellScript', TARGET),
    new SendCommandCommand({ DocumentName: run.name, InstanceIds: [TARGET, INNOCENT] }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'an instance that Systems Manager reaches', seed: managed() },
  {
    ...common,
    name: 'a protected instance',
    seed: managed({}, {}, { tags: { 'sallyport:protected': '' } }),
  },
];
