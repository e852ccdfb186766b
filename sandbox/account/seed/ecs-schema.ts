import * as z from 'zod';

const name = z.string().regex(/^[\w-]{1,255}$/, 'expected up to 255 letters, digits, - or _');
const taskId = z.string().regex(/^[0-9a-f]{32}$/, 'expected 32 hexadecimal digits');
const tags = z.record(z.string(), z.string()).default({});
const taskDefinition = z.string().default('app:1');

const task = z.strictObject({
  taskId,
  lastStatus: z.enum(['PENDING', 'RUNNING', 'STOPPED']).default('RUNNING'),
  startedBy: z.string().optional().describe("A service's task has its deployment's id when absent"),
  taskDefinition,
  protectedUntil: z.iso.datetime().optional().describe('Under scale-in protection until then'),
  tags,
});

const service = z.strictObject({
  serviceName: name,
  status: z.enum(['ACTIVE', 'DRAINING', 'INACTIVE']).default('ACTIVE'),
  schedulingStrategy: z.enum(['REPLICA', 'DAEMON']).default('REPLICA'),
  desiredCount: z.int().min(0).default(1),
  taskDefinition,
  deploymentId: z.string().default('ecs-svc/0123456789012345678'),
  targetGroups: z.array(z.string().startsWith('arn:')).default([]),
  launchType: z.enum(['EC2', 'FARGATE', 'EXTERNAL']).optional(),
  enableExecuteCommand: z.boolean().optional(),
  network: z
    .strictObject({
      subnets: z.array(z.string().startsWith('subnet-')).min(1),
      securityGroups: z.array(z.string().startsWith('sg-')).default([]),
      assignPublicIp: z.boolean().default(false),
    })
    .optional()
    .describe('Where its tasks have interfaces of their own'),
  tasks: z.array(task).default([]),
  tags,
});

const cluster = z.strictObject({
  clusterName: name,
  services: z.array(service).default([]),
  tasks: z
    .array(task.extend({ group: z.string().default('family:app') }))
    .default([])
    .describe('Tasks of no service'),
  tags,
});

const container = z.strictObject({
  name,
  image: z.string().min(1),
  privileged: z.boolean().default(false),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.record(z.string(), z.string().startsWith('arn:')).default({}),
});

const definition = z.strictObject({
  family: name,
  revision: z.int().min(1).default(1),
  taskRoleArn: z.string().startsWith('arn:').optional(),
  networkMode: z.enum(['awsvpc', 'bridge', 'host', 'none']).default('awsvpc'),
  pidMode: z.enum(['host', 'task']).optional(),
  hostFolders: z.array(z.string()).default([]),
  containers: z.array(container).min(1),
});

/** The containers of one region. */
export const ecsSeed = z.strictObject({
  clusters: z.array(cluster).default([]),
  taskDefinitions: z.array(definition).default([]),
});
