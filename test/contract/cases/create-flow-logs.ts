import { CreateFlowLogsCommand, DeleteFlowLogsCommand } from '@aws-sdk/client-ec2';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { INNOCENT, instances, logBucket, network, TARGET } from './seeds.ts';

export const BUCKET = 'example-flow-logs';
const THEIRS = 'fl-0b000000000000001';
const VPC = 'vpc-0a000000000000001';

const flowLogs = [
  {
    flowLogId: THEIRS,
    resourceId: 'eni-0b000000000000001',
    bucket: BUCKET,
    // A value that whoever may tag can write.
    tags: { 'sallyport:incident': 'INC-0123456789ABCDEF' },
  },
  { flowLogId: 'fl-0b000000000000002', resourceId: VPC, bucket: BUCKET, trafficType: 'REJECT' },
];
const ours = [
  { ResourceType: 'vpc-flow-log' as const, Tags: [{ Key: 'sallyport:action', Value: 'create-flow-logs' }] },
];
const wanted = {
  TrafficType: 'ALL',
  LogDestinationType: 's3',
  LogDestination: `arn:aws:s3:::${BUCKET}`,
} as const;

const common = {
  target: target('instance', TARGET),
  params: { bucket: BUCKET },
  innocent: ({ iam, s3, regions }) => [
    iam,
    s3,
    regions[REGION]?.ec2.instances,
    regions[REGION]?.ec2.networkInterfaces,
    regions[REGION]?.ec2.flowLogs[THEIRS],
  ],
  trespasses: () => [
    new DeleteFlowLogsCommand({ FlowLogIds: [THEIRS] }),
    new CreateFlowLogsCommand({
      ...wanted,
      ResourceType: 'NetworkInterface',
      ResourceIds: ['eni-0b000000000000001'],
      TagSpecifications: ours,
    }),
    // Without our tag, not even for the target.
    new CreateFlowLogsCommand({
      ...wanted,
      ResourceType: 'NetworkInterface',
      ResourceIds: ['eni-0a000000000000001'],
    }),
  ],
} satisfies Partial<ActionCase>;

const seed = (target: object = {}, more: readonly object[] = []) => ({
  s3: { buckets: [logBucket(BUCKET)] },
  ec2: { ...network(), instances: instances(target), flowLogs: [...flowLogs, ...more] },
});

export const cases: readonly ActionCase[] = [
  { ...common, name: `an instance with two interfaces, beside ${INNOCENT}`, seed: seed() },
  {
    ...common,
    name: 'the VPC of a protected instance of a stack',
    params: { bucket: BUCKET, scope: 'vpc' },
    seed: seed({ tags: { 'sallyport:protected': '', 'aws:cloudformation:stack-name': 'shop' } }),
  },
  {
    ...common,
    name: 'an instance of which one interface is recorded already',
    seed: seed({}, [
      { flowLogId: 'fl-0a000000000000001', resourceId: 'eni-0a000000000000001', bucket: BUCKET },
    ]),
  },
];
