import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { AwsError, type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { type Datapoint, isSameMetric, readCloudWatch } from './state.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export function metricOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetMetricData: operation<cloudwatch.GetMetricDataCommandInput, cloudwatch.GetMetricDataCommandOutput>({
      requires: () => [{ action: 'cloudwatch:GetMetricData', resource: '*' }],
      handle(input, { account }, { region }) {
        const { metrics } = readCloudWatch(cloud, account, region);
        const results = (input.MetricDataQueries ?? []).map((query) => {
          const { metric, period } = statOf(query);
          const known = metrics.find((one) => isSameMetric(one, metric));
          return { Id: query.Id, ...sums(known?.datapoints ?? [], period, input), StatusCode: 'Complete' };
        });
        return { MetricDataResults: results as cloudwatch.MetricDataResult[] };
      },
    }),
  };
}

/** Metric math and other statistics than the sum have no behaviour here. */
function statOf({ MetricStat: stat, Expression }: cloudwatch.MetricDataQuery) {
  if (!stat || Expression !== undefined || stat.Stat !== 'Sum')
    throw new AwsError('InvalidParameterValue', 'The laptop cloud knows sums of single metrics alone.');
  const { Namespace: namespace = '', MetricName: metricName = '', Dimensions = [] } = stat.Metric ?? {};
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name ?? '', Value ?? '']));
  return { metric: { namespace, metricName, dimensions }, period: stat.Period ?? 60 };
}

/** The sum of each period that has data, the newest first; of a period without any there is no value. */
function sums(
  datapoints: readonly Datapoint[],
  period: number,
  { StartTime, EndTime }: Pick<cloudwatch.GetMetricDataCommandInput, 'StartTime' | 'EndTime'>,
) {
  const from = Math.floor((StartTime?.getTime() ?? 0) / 60_000) * 60_000;
  const to = EndTime?.getTime() ?? 0;
  const byPeriod = new Map<number, number>();
  for (const { at, value } of datapoints) {
    const time = Date.parse(at);
    if (time < from || time >= to) continue;
    const begins = Math.floor(time / (period * 1000)) * period * 1000;
    byPeriod.set(begins, (byPeriod.get(begins) ?? 0) + value);
  }
  const sorted = [...byPeriod].sort(([left], [right]) => right - left);
  return {
    Timestamps: sorted.map(([begins]) => new Date(begins)),
    Values: sorted.map(([, value]) => value),
  };
}
