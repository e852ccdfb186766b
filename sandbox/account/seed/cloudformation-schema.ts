import * as z from 'zod';
import { instant } from './time.ts';

const resource = z.strictObject({
  logicalId: z.string().regex(/^[A-Za-z0-9]{1,255}$/, 'expected letters and digits, as in a template'),
  physicalId: z
    .string()
    .min(1)
    .describe("What `Ref` gives: an instance's id, a bucket's name, a secret's ARN"),
  type: z.string().regex(/^[A-Za-z0-9]+(::[A-Za-z0-9]+){1,3}$/, 'expected a type such as AWS::EC2::Instance'),
  status: z
    .string()
    .regex(/^[A-Z_]+$/)
    .default('CREATE_COMPLETE'),
  drift: z
    .strictObject({
      status: z.enum(['IN_SYNC', 'MODIFIED', 'DELETED', 'UNSUPPORTED']),
      checkedAt: instant.default('-P1D'),
    })
    .optional()
    .describe('What the last detection found; absent where drift was never looked for'),
});

const stack = z.strictObject({
  name: z.string().regex(/^[A-Za-z][-A-Za-z0-9]{0,127}$/, 'expected letters, digits and hyphens'),
  status: z
    .string()
    .regex(/^[A-Z_]+$/, 'expected a status such as UPDATE_COMPLETE')
    .default('CREATE_COMPLETE'),
  createdAt: instant.default('-P30D'),
  resources: z.array(resource).default([]),
});

/** The stacks of one region. The tags that AWS puts on their resources are the resources' own to hold. */
export const cloudFormationSeed = z.strictObject({ stacks: z.array(stack).default([]) });
