import type { Cloud } from '../cloud.ts';

/** A metric's name with its dimensions, in the order of their names. */
export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface AlarmState extends MetricName {
  readonly alarmName: string;
  readonly arn: string;
  /** Of metric math, which stands in place of the one metric: what each query reads. */
  readonly metrics?: readonly MetricName[] | undefined;
  stateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** ISO 8601. */
  stateTransitioned: string;
  configurationUpdated: string;
}

export interface Datapoint {
  /** ISO 8601: when its minute begins. */
  readonly at: string;
  readonly value: number;
}

export interface MetricState extends MetricName {
  datapoints: Datapoint[];
}

/** One region's alarms by name, and its metrics. */
export interface CloudWatchState {
  readonly alarms: Record<string, AlarmState>;
  readonly metrics: MetricState[];
}

/** What a region has; reading makes nothing of it. */
export function readCloudWatch(cloud: Cloud, account: string, region: string): CloudWatchState {
  return cloud.region(account, region).cloudwatch ?? { alarms: {}, metrics: [] };
}

/** Made on first use: an account that was saved before it had alarms still loads. */
export function cloudWatchState(cloud: Cloud, account: string, region: string): CloudWatchState {
  const state = cloud.region(account, region);
  state.cloudwatch ??= { alarms: {}, metrics: [] };
  return state.cloudwatch;
}

/** CloudWatch takes each combination of dimensions for a metric of its own. */
export function isSameMetric(left: MetricName, right: MetricName): boolean {
  return keyOf(left) === keyOf(right);
}

function keyOf({ namespace, metricName, dimensions }: MetricName): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => a.localeCompare(b));
  return JSON.stringify([namespace, metricName, sorted]);
}
