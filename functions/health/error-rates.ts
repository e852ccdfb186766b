import {
  type Dimension,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Sign } from '../core/health.ts';
import type { Reader } from './operations.ts';

type RateSign = Extract<Sign, { kind: 'error-rate' }>;

/** What counts requests and failures of one thing, each as metrics whose sums are added up. */
export interface Counted {
  readonly of: string;
  readonly namespace: 'AWS/ApplicationELB' | 'AWS/Lambda';
  readonly requests: string;
  readonly failures: readonly string[];
  /** One list for each load balancer before the target group. */
  readonly dimensions: readonly Dimension[][];
}

/** So long before the change is what it is compared with. */
export const BEFORE_MS = 15 * 60 * 1000;
const PERIOD_SECONDS = 60;
/** Of fewer requests, no share means anything. */
const FEWEST_REQUESTS = 20;

interface Sums {
  requests: number;
  failures: number;
}

/** The error rates of the last minutes, as they are before anything was done. */
export async function rateNow(counted: Counted, account: Reader): Promise<RateSign> {
  const sums: Sums = { requests: 0, failures: 0 };
  const window = { from: new Date(account.now.getTime() - BEFORE_MS), to: account.now };
  for (const { result, metric } of await dataOf(counted, window, account))
    for (const value of result.Values ?? []) sums[metric] += value;
  return toSign(counted.of, rateOf(sums), null);
}

/** The error rate since the change, and right before it. The minute of the change belongs to neither. */
export async function rateSince(counted: Counted, changedAt: Date, account: Reader): Promise<RateSign> {
  const before: Sums = { requests: 0, failures: 0 };
  const after: Sums = { requests: 0, failures: 0 };
  const window = { from: new Date(changedAt.getTime() - BEFORE_MS), to: account.now };
  for (const { result, metric } of await dataOf(counted, window, account))
    for (const [index, begins] of (result.Timestamps ?? []).entries()) {
      const value = result.Values?.[index] ?? 0;
      if (begins.getTime() + PERIOD_SECONDS * 1000 <= changedAt.getTime()) before[metric] += value;
      else if (begins >= changedAt) after[metric] += value;
    }
  return toSign(counted.of, rateOf(after), rateOf(before));
}

function toSign(of: string, value: number | null, before: number | null): RateSign {
  const note = value === null ? `fewer than ${FEWEST_REQUESTS} requests: too few to tell` : '';
  return { kind: 'error-rate', of, value, before, note };
}

/** In ten-thousandths. AWS reports no failures where there are none. */
function rateOf({ requests, failures }: Sums): number | null {
  if (requests < FEWEST_REQUESTS) return null;
  return Math.min(1, Math.round((failures / requests) * 10_000) / 10_000);
}

interface Data {
  readonly result: MetricDataResult;
  readonly metric: keyof Sums;
}

async function dataOf(
  counted: Counted,
  { from, to }: { readonly from: Date; readonly to: Date },
  account: Reader,
): Promise<Data[]> {
  const input = { MetricDataQueries: queriesOf(counted), StartTime: from, EndTime: to };
  const data: Data[] = [];
  let NextToken: string | undefined;
  do {
    const page = await account.send(new GetMetricDataCommand({ ...input, NextToken }));
    for (const result of page.MetricDataResults ?? [])
      data.push({ result, metric: result.Id?.startsWith('requests') ? 'requests' : 'failures' });
    NextToken = page.NextToken;
  } while (NextToken);
  return data;
}

function queriesOf({ namespace, requests, failures, dimensions }: Counted): MetricDataQuery[] {
  const query = (Id: string, MetricName: string, Dimensions: Dimension[]): MetricDataQuery => ({
    Id,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName, Dimensions },
      Period: PERIOD_SECONDS,
      Stat: 'Sum',
    },
  });
  return dimensions.flatMap((list, at) => [
    query(`requests${at}`, requests, list),
    ...failures.map((name, index) => query(`failures${at}_${index}`, name, list)),
  ]);
}
