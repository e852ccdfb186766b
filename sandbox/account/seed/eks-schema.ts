import * as z from 'zod';
import { instant } from './time.ts';

const tags = z.record(z.string(), z.string()).default({});

const policy = z.strictObject({
  policy: z.string().regex(/^AmazonEKS\w+$/, 'expected a name such as AmazonEKSClusterAdminPolicy'),
  namespaces: z.array(z.string()).default([]).describe('The whole cluster when empty'),
  associatedAt: instant.default('-P60D'),
});

const accessEntry = z.strictObject({
  principalArn: z
    .string()
    .regex(/^arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, 'expected the ARN of a role or user'),
  type: z.enum(['STANDARD', 'EC2_LINUX']).default('STANDARD'),
  kubernetesGroups: z.array(z.string()).default([]),
  policies: z.array(policy).default([]),
  tags,
});

const cluster = z.strictObject({
  name: z.string().regex(/^[0-9A-Za-z][\w-]{0,99}$/, 'expected up to 100 letters, digits, - or _'),
  status: z.enum(['CREATING', 'ACTIVE', 'DELETING', 'FAILED', 'UPDATING']).default('ACTIVE'),
  authenticationMode: z.enum(['API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP']).default('API'),
  accessEntries: z.array(accessEntry).default([]),
  tags,
});

/** The Kubernetes clusters of one region. */
export const eksSeed = z.strictObject({ clusters: z.array(cluster).default([]) });

export type EksSeed = z.output<typeof eksSeed>;
