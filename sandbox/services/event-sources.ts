import * as z from 'zod';
import type { Home } from '../home.ts';
import { TemplateError } from '../template/error.ts';
import type { Functions } from './lambda.ts';
import { compilePattern } from './patterns.ts';
import { consumeQueue } from './queue-consumer.ts';
import type { Queues } from './sqs.ts';
import { consumeStream } from './stream-consumer.ts';
import type { Streams } from './streams.ts';

const MappingProperties = z.looseObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: z.coerce.number().optional(),
  Enabled: z.boolean().default(true),
  FunctionResponseTypes: z.array(z.string()).default([]),
  MaximumRetryAttempts: z.coerce.number().default(-1),
  DestinationConfig: z
    .looseObject({ OnFailure: z.looseObject({ Destination: z.string() }).optional() })
    .optional(),
  FilterCriteria: z.looseObject({ Filters: z.array(z.looseObject({ Pattern: z.string() })) }).optional(),
});
type MappingProperties = z.infer<typeof MappingProperties>;

/** What Lambda's pollers read and call: a queue or a stream in batches. */
export interface Mapping {
  readonly batchSize: number;
  /** The function may answer which items of a batch failed. */
  readonly partial: boolean;
  /** Streams only; -1 is for ever. */
  readonly retries: number;
  readonly onFailure: string | undefined;
  accepts(record: unknown): boolean;
  invoke(records: readonly object[]): Promise<BatchResult>;
}

/** `failed`: all of them, or the identifiers that the function named. */
export type BatchResult = { readonly failed: 'all' | readonly string[] };

/** Starts every event source mapping of the template. Throws TemplateError for one that cannot be served. */
export function startEventSources(home: Home, functions: Functions, queues: Queues, streams: Streams): void {
  for (const { logicalId, properties } of home.stack.ofType(
    'AWS::Lambda::EventSourceMapping',
    MappingProperties,
  )) {
    if (!properties.Enabled) continue;
    const mapping = createMapping(logicalId, properties, functions);
    const queue = queues.find(properties.EventSourceArn);
    const stream = streams.find(properties.EventSourceArn);
    if (properties.EventSourceArn.startsWith('arn:aws:sqs:') && queue) consumeQueue(home, queue, mapping);
    else if (stream) consumeStream(home, stream, mapping, queues);
    else
      throw new TemplateError(
        logicalId,
        `reads ${properties.EventSourceArn}, which the sandbox does not have`,
      );
  }
}

function createMapping(logicalId: string, properties: MappingProperties, functions: Functions): Mapping {
  const pool = functions.find(properties.FunctionName);
  if (!pool) throw new TemplateError(logicalId, `calls ${properties.FunctionName}, which does not exist`);
  const partial = properties.FunctionResponseTypes.includes('ReportBatchItemFailures');
  const filters = (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) =>
    compilePattern(JSON.parse(Pattern), `${logicalId}.FilterCriteria`),
  );
  return {
    batchSize: properties.BatchSize ?? 10,
    partial,
    retries: properties.MaximumRetryAttempts,
    onFailure: properties.DestinationConfig?.OnFailure?.Destination,
    accepts: (record) => filters.length === 0 || filters.some((matches) => matches(record)),
    async invoke(records) {
      const invocation = await functions.invoke(pool, { Records: records });
      if (invocation.status === 'failed') return { failed: 'all' };
      return { failed: partial ? failedItems(invocation.payload) : [] };
    },
  };
}

const PartialResponse = z.looseObject({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/** A malformed answer counts as a failure of the whole batch, as Lambda takes it. */
function failedItems(payload: string): BatchResult['failed'] {
  const parsed = PartialResponse.nullable().safeParse(JSON.parse(payload));
  if (!parsed.success) return 'all';
  return (parsed.data?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier);
}
