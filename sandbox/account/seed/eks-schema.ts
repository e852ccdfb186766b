import * as z from 'zod';
import { parseNetwork } from '../../../functions/core/network.ts';
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
  version: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  roleArn: z.string().startsWith('arn:').optional(),
  endpointPublicAccess: z.boolean().optional().describe('Yes when absent'),
  endpointPrivateAccess: z.boolean().optional().describe('No when absent'),
  publicAccessCidrs: z
    .array(z.string().refine((text) => parseNetwork(text), 'expected a range such as 203.0.113.0/24'))
    .optional()
    .describe('Everywhere when absent'),
  logging: z
    .array(z.enum(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']))
    .optional()
    .describe("The control plane's logs that are on"),
  encryptionKeyArn: z.string().startsWith('arn:').optional(),
  accessEntries: z.array(accessEntry).default([]),
  tags,
});

/** The Kubernetes clusters of one region. */
export const eksSeed = z.strictObject({ clusters: z.array(cluster).default([]) });

export type EksSeed = z.output<typeof eksSeed>;
