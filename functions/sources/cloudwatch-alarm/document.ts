import * as z from 'zod';
import { factOf, Instant, type Leaf } from '../../core/document.ts';

const state = z.looseObject({ value: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']), timestamp: Instant });

const metric = z.looseObject({
  namespace: z.string().nullish(),
  name: z.string().nullish(),
  dimensions: z.record(z.string(), z.string()).nullish(),
});

/**
 * A change of an alarm's state
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html). A composite alarm
 * has a rule in place of metrics.
 */
export const AlarmDocument = z.looseObject({
  alarmName: z.string().min(1),
  state,
  previousState: z.looseObject({ value: z.string().nullish() }).nullish(),
  configuration: z
    .looseObject({
      description: z.string().nullish(),
      metrics: z
        .array(z.looseObject({ metricStat: z.looseObject({ metric: metric.nullish() }).nullish() }))
        .nullish(),
      alarmRule: z.string().nullish(),
    })
    .nullish(),
});
export type AlarmDocument = z.infer<typeof AlarmDocument>;

/** The metrics that the alarm looks at; what is worked out of them has none. */
export function metricsOf({ configuration }: AlarmDocument): z.infer<typeof metric>[] {
  return (configuration?.metrics ?? []).flatMap(({ metricStat }) =>
    metricStat?.metric ? [metricStat.metric] : [],
  );
}

/** Everything but the state is what the alarm's maker wrote. */
export function isWrittenByCloudWatch({ path, value }: Leaf): boolean {
  const [first, second = ''] = path;
  const ofState = first === 'state' || first === 'previousState';
  return ofState && ['value', 'timestamp'].includes(second) && factOf(value) !== undefined;
}
