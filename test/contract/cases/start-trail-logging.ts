import { GetTrailStatusCommand, StartLoggingCommand, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { type ActionCase, REGION, target } from '../action-case.ts';

const TRAIL = 'audit';
const INNOCENT = 'shop-events';

const common = {
  target: target('trail', TRAIL),
  innocent: ({ iam, regions }) => [iam, regions[REGION]?.cloudtrail.trails[INNOCENT]],
  trespasses: () => [
    new StopLoggingCommand({ Name: INNOCENT }),
    new StartLoggingCommand({ Name: INNOCENT }),
    new GetTrailStatusCommand({ Name: INNOCENT }),
  ],
} satisfies Partial<ActionCase>;

const trails = (trail: object) => ({
  cloudtrail: {
    trails: [
      { name: TRAIL, isLogging: false, ...trail },
      { name: INNOCENT, isLogging: true },
    ],
  },
});

export const cases: readonly ActionCase[] = [
  { ...common, name: 'the trail of all regions, stopped', seed: trails({}) },
  {
    ...common,
    name: 'a trail of one region that a stack keeps',
    seed: trails({ isMultiRegionTrail: false, tags: { 'aws:cloudformation:stack-name': 'audit' } }),
  },
  {
    ...common,
    name: 'a protected trail whose bucket refuses it',
    seed: trails({ latestDeliveryError: 'AccessDenied', tags: { 'sallyport:protected': 'yes' } }),
  },
];
