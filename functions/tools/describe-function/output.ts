import * as z from 'zod';

const Count = z.number().int().nonnegative();
/** An alias; null is the function itself. */
const Qualifier = z.string().nullable();

/** Who may call the function, or an alias of it, by its own policy. */
export const Invokers = z.strictObject({
  qualifier: Qualifier,
  statements: Count,
  /** Everybody is let in; a statement about a function URL counts only while there is such a URL. */
  anybody: z.boolean(),
  /** Other accounts and organisations, `everybody` left out. */
  outsiders: z.array(z.string()),
});
export type Invokers = z.infer<typeof Invokers>;

export const FunctionUrl = z.strictObject({
  qualifier: Qualifier,
  url: z.string(),
  authType: z.enum(['NONE', 'AWS_IAM']),
});
export type FunctionUrl = z.infer<typeof FunctionUrl>;

export const EventSource = z.strictObject({
  /** `sqs`, `kinesis`, …; empty for a broker outside of AWS. */
  service: z.string(),
  account: z.string(),
  enabled: z.boolean(),
});

/** What `describe-function` answers. */
export const DescribedFunction = z.strictObject({
  /** Somebody whom nobody named may start it. */
  invocableByAnybody: z.boolean(),
  /** No execution may start: none is reserved for it. */
  stopped: z.boolean(),
  reservedConcurrency: Count.nullable(),
  invokers: z.array(Invokers),
  urls: z.array(FunctionUrl),
  eventSources: z.array(EventSource),
  /** Policies that may let others in besides. Versions cannot be listed without the secrets of their environment. */
  unread: z.array(z.enum(['policies of versions', 'policies of further aliases'])),
  protected: z.boolean(),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  truncated: z.boolean(),
});
export type DescribedFunction = z.infer<typeof DescribedFunction>;
