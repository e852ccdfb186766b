import * as z from 'zod';
import { instant } from './time.ts';

const dimensions = z.record(z.string(), z.string()).default({});
const metric = { namespace: z.string().min(1), metricName: z.string().min(1), dimensions };

const alarm = z.strictObject({
  alarmName: z.string().min(1).max(255),
  ...metric,
  namespace: z.string().default('').describe('Empty for metric math'),
  metricName: z.string().default(''),
  metrics: z
    .array(z.strictObject(metric))
    .min(1)
    .optional()
    .describe('Of metric math: what its queries read, instead of the one metric'),
  stateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).default('OK'),
  stateTransitioned: instant.default('-P1D'),
  configurationUpdated: instant.default('-P30D'),
});

const series = z.strictObject({
  ...metric,
  datapoints: z
    .array(z.strictObject({ at: instant, value: z.number() }))
    .default([])
    .describe('What was counted in the minute that begins then'),
});

/** The alarms and metrics of one region. */
export const cloudWatchSeed = z.strictObject({
  alarms: z.array(alarm).default([]),
  metrics: z.array(series).default([]),
});
