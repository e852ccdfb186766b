import * as z from 'zod';

const target = z.strictObject({
  id: z.string().min(1).describe("An instance's id, or an address in a group of that type"),
  port: z.int().min(1).max(65_535).optional().describe("The group's when absent"),
  health: z.enum(['initial', 'healthy', 'unhealthy', 'draining']).default('healthy'),
});

const targetGroup = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9-]{1,32}$/, 'expected 1 to 32 letters, digits or hyphens'),
  vpcId: z.string().regex(/^vpc-[0-9a-f]{8,17}$/),
  protocol: z.string().default('HTTP'),
  port: z.int().min(1).max(65_535).default(80),
  targetType: z.enum(['instance', 'ip']).default('instance'),
  loadBalancers: z
    .array(
      z
        .string()
        .regex(
          /^(app|net|gwy)\/[a-zA-Z0-9-]{1,32}\/[0-9a-f]{16}$/,
          'expected app/NAME/16 hexadecimal digits',
        ),
    )
    .default([])
    .describe('Those that use it: app/web/50dc6c495c0c9188'),
  targets: z.array(target).default([]),
});

/** The target groups of one region. */
export const loadBalancingSeed = z.strictObject({ targetGroups: z.array(targetGroup).default([]) });
