import * as z from 'zod';

const Count = z.number().int().nonnegative();

export const DescribedService = z.strictObject({
  name: z.string(),
  status: z.string(),
  desired: Count,
  running: Count,
  /** `EC2`, `FARGATE`, `EXTERNAL`; empty where a capacity provider decides. */
  launchType: z.string(),
  /** Its tasks get public addresses. */
  assignsPublicAddress: z.boolean(),
  /** Rules of its security groups that let the whole internet in. */
  openRules: Count,
  /** Public addresses, a route to an internet gateway and an open rule; what a load balancer lets in is not read. */
  internetReachable: z.boolean(),
  loadBalancers: Count,
  /** Whoever may call ExecuteCommand gets a shell in its containers. */
  executeCommand: z.boolean(),
});
export type DescribedService = z.infer<typeof DescribedService>;

export const DescribedContainer = z.strictObject({
  name: z.string(),
  image: z.string(),
  /** Root on the host, as good as. */
  privileged: z.boolean(),
  /** How many; the values are never shown. */
  environmentVariables: Count,
  secrets: Count,
});

export const DescribedDefinition = z.strictObject({
  /** `family:revision` */
  name: z.string(),
  /** What programs in its containers may do in the account. */
  taskRole: z.string().nullable(),
  networkMode: z.string(),
  /** Namespaces and folders of the host that the containers share. */
  hostProcesses: z.boolean(),
  hostFolders: Count,
  containers: z.array(DescribedContainer),
});
export type DescribedDefinition = z.infer<typeof DescribedDefinition>;

/** What `describe-service` answers: for a cluster its services, for a task the service that keeps it running. */
export const DescribedServices = z.strictObject({
  cluster: z.string(),
  /** Of a task alone; `startedByService` is false for one that somebody ran by itself. */
  task: z.strictObject({ status: z.string(), startedByService: z.boolean() }).nullable(),
  services: z.array(DescribedService),
  taskDefinitions: z.array(DescribedDefinition),
  internetReachable: z.boolean(),
  privileged: z.boolean(),
  unread: z.array(z.enum(['further services', 'task definitions'])),
  /** The target, its cluster or one of the services is. */
  protected: z.boolean(),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  truncated: z.boolean(),
});
export type DescribedServices = z.infer<typeof DescribedServices>;
