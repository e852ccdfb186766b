import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { parseArn } from '../core/arn.ts';
import { boundedList } from '../core/bounded.ts';
import { type Sign, unread } from '../core/health.ts';
import type { Dimensions, Reader } from './operations.ts';

type AlarmSign = Extract<Sign, { kind: 'alarm' }>;

/** DescribeAlarms answers at most a hundred at a time; an account with more than this many is not read to its end. */
const MOST_PAGES = 20;
/** More alarms on one plan's targets say nothing more. */
const MOST_ALARMS = 50;

/** The alarms on the metrics of these things, as they stand, and what was left out. */
export async function findAlarms(
  dimensions: Dimensions,
  account: Reader,
): Promise<{ readonly signs: readonly Sign[]; readonly gaps: readonly string[] }> {
  const { alarms, isWhole } = await listAlarms(account);
  const about = alarms.filter((alarm) => dimensionsOf(alarm).some((one) => dimensions.has(one)));
  const trusted = about.filter(isOnMetricsOfAws);
  const { items, truncated } = boundedList(trusted, MOST_ALARMS);
  const custom = about.length - trusted.length;
  return {
    signs: items.map(toSign),
    gaps: [
      ...(isWhole ? [] : [`alarms: only the first ${alarms.length} of the region were looked at`]),
      ...(truncated ? [`alarms: only ${MOST_ALARMS} of ${trusted.length} are watched`] : []),
      ...(custom > 0 ? [`alarms: ${custom} on metrics that are not AWS's own, which are not trusted`] : []),
    ],
  };
}

/** The same alarms again. One whose configuration somebody changed since says nothing about the change. */
export async function readAlarms(
  signs: readonly AlarmSign[],
  account: Reader,
  measuredAt: Date,
): Promise<readonly Sign[]> {
  const AlarmNames = signs.map(({ of }) => nameOf(of));
  const { MetricAlarms: alarms = [] } = await account.send(
    new DescribeAlarmsCommand({ AlarmNames, AlarmTypes: ['MetricAlarm'], MaxRecords: 100 }),
  );
  return signs.map((sign) => {
    const alarm = alarms.find(({ AlarmArn }) => AlarmArn === sign.of);
    if (!alarm) return unread(sign, 'the alarm no longer exists');
    const changed = alarm.AlarmConfigurationUpdatedTimestamp;
    if (!changed || changed > measuredAt) return unread(sign, 'its configuration was changed since the plan');
    return toSign(alarm);
  });
}

async function listAlarms(account: Reader): Promise<{ alarms: readonly MetricAlarm[]; isWhole: boolean }> {
  const alarms: MetricAlarm[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await account.send(
      new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm'], MaxRecords: 100, NextToken: token }),
    );
    alarms.push(...(answer.MetricAlarms ?? []));
    token = answer.NextToken;
    if (!token) return { alarms, isWhole: true };
  }
  return { alarms, isWhole: false };
}

const states: Readonly<Record<string, AlarmSign['value']>> = { OK: 'ok', ALARM: 'alarm' };

function toSign({ AlarmArn = '', StateValue, StateTransitionedTimestamp }: MetricAlarm): AlarmSign {
  const value = (StateValue && states[StateValue]) ?? null;
  const since = StateTransitionedTimestamp?.toISOString() ?? null;
  const note = value === null ? 'the alarm has too little data' : '';
  return { kind: 'alarm', of: AlarmArn, value, since, note };
}

function dimensionsOf({ Dimensions: own = [], Metrics = [] }: MetricAlarm): string[] {
  const computed = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? []);
  return [...own, ...computed].map(({ Name, Value }) => `${Name}=${Value}`);
}

/**
 * PutMetricData refuses namespaces that begin with `AWS/`
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html): what an alarm on anything
 * else says, whoever holds that permission decides. A query may reach into any namespace.
 */
function isOnMetricsOfAws({ Namespace, Metrics = [] }: MetricAlarm): boolean {
  if (Metrics.some(({ Expression }) => /\bselect\b|\bsearch\b/i.test(Expression ?? ''))) return false;
  const namespaces = [Namespace, ...Metrics.map(({ MetricStat }) => MetricStat?.Metric?.Namespace)];
  const named = namespaces.filter((namespace) => namespace !== undefined);
  return named.length > 0 && named.every((namespace) => namespace.startsWith('AWS/'));
}

function nameOf(arn: string): string {
  return parseArn(arn)?.resource.replace(/^alarm:/, '') ?? '';
}
