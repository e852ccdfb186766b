import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { pageOf } from '../ec2/listing.ts';
import { type AlarmState, type MetricName, readCloudWatch } from './state.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export function alarmOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeAlarms: operation<cloudwatch.DescribeAlarmsCommandInput, cloudwatch.DescribeAlarmsCommandOutput>({
      requires: () => [{ action: 'cloudwatch:DescribeAlarms', resource: '*' }],
      // Names that no alarm has are no error. Only metric alarms are known here, which is also what is meant by default.
      handle(input, { account }, { region }) {
        const alarms = Object.values(readCloudWatch(cloud, account, region).alarms);
        const wanted = alarms.filter(({ alarmName }) => input.AlarmNames?.includes(alarmName) ?? true);
        const { items, NextToken } = pageOf(wanted, {
          NextToken: input.NextToken,
          MaxResults: input.MaxRecords ?? 50,
        });
        return { MetricAlarms: items.map(toAlarm), NextToken };
      },
    }),
  };
}

function toAlarm(alarm: AlarmState): cloudwatch.MetricAlarm {
  return {
    AlarmName: alarm.alarmName,
    AlarmArn: alarm.arn,
    StateValue: alarm.stateValue,
    StateTransitionedTimestamp: new Date(alarm.stateTransitioned),
    StateUpdatedTimestamp: new Date(alarm.stateTransitioned),
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configurationUpdated),
    ...(alarm.metrics ? { Metrics: alarm.metrics.map(toQuery) } : toMetric(alarm)),
  };
}

function toQuery(metric: MetricName, index: number): cloudwatch.MetricDataQuery {
  return { Id: `m${index + 1}`, MetricStat: { Metric: toMetric(metric), Period: 60, Stat: 'Sum' } };
}

function toMetric({ namespace, metricName, dimensions }: MetricName): cloudwatch.Metric {
  return {
    Namespace: namespace,
    MetricName: metricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}
