import * as z from 'zod';

const lifecycleStates = [
  'Pending',
  'InService',
  'EnteringStandby',
  'Standby',
  'Terminating',
  'Detaching',
] as const;

const group = z
  .strictObject({
    name: z.string().min(1).max(255),
    minSize: z.int().nonnegative().default(0),
    maxSize: z.int().nonnegative().default(4),
    desiredCapacity: z.int().nonnegative().optional().describe('As many as are in service when absent'),
    instances: z
      .array(
        z.strictObject({
          instanceId: z.string().regex(/^i-[0-9a-f]{8,17}$/),
          lifecycleState: z.enum(lifecycleStates).default('InService'),
        }),
      )
      .default([]),
    targetGroups: z.array(z.string()).default([]).describe('Names of target groups of this account'),
    tags: z.record(z.string(), z.string()).default({}),
  })
  .describe('Its members carry the tag aws:autoscaling:groupName, as AWS gives it to them');

/** The Auto Scaling groups of one region. */
export const autoScalingSeed = z.strictObject({ groups: z.array(group).default([]) });
