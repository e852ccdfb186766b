import * as z from 'zod';

const Count = z.number().int().nonnegative();

/** What `describe-cluster` answers. */
export const DescribedCluster = z.strictObject({
  status: z.string(),
  /** Of Kubernetes. */
  version: z.string(),
  /** What the control plane itself may do in the account. */
  role: z.string(),
  endpoint: z.strictObject({
    public: z.boolean(),
    private: z.boolean(),
    /** From where the public endpoint answers. */
    publicCidrs: z.array(z.string()),
  }),
  /** The API of Kubernetes answers the whole internet; whoever asks must still sign in. */
  internetReachable: z.boolean(),
  authenticationMode: z.enum(['API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP', 'unknown']),
  /** Null where access is left to a ConfigMap in the cluster. */
  access: z.strictObject({ entries: Count, administrators: z.array(z.string()) }).nullable(),
  /** Who has access besides. */
  unread: z.array(z.enum(['aws-auth ConfigMap', 'further access entries'])),
  /** The control plane's logs that are on. Without `audit` nobody can say what was done in the cluster. */
  logging: z.array(z.enum(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'])),
  /** Kubernetes' secrets are encrypted under a key of KMS that the owner chose. */
  secretsEncrypted: z.boolean(),
  protected: z.boolean(),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  truncated: z.boolean(),
});
export type DescribedCluster = z.infer<typeof DescribedCluster>;
