import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { SallyportFunction } from './function.ts';

/** Counts the lines that a function logs as `{"alarm": name}`. */
export function countLines(lambda: SallyportFunction, name: string): Metric {
  const metricName = `${lambda.shortName}-${name}`;
  return new MetricFilter(lambda, name, {
    logGroup: lambda.log,
    filterPattern: FilterPattern.literal(`"${name}"`),
    metricNamespace: 'Sallyport',
    metricName,
    metricValue: '1',
  }).metric({ statistic: 'Sum', period: Duration.minutes(5) });
}
