import type { Cloud } from '../cloud.ts';
import { cloudWatchState } from '../cloudwatch/state.ts';
import type { AccountSeed } from './account-schema.ts';
import { resolveInstant } from './time.ts';

/** Adds the seeded alarms and metrics to the account's region. */
export function applyCloudWatch(cloud: Cloud, seed: AccountSeed, now: Date): void {
  const { account, region, cloudwatch } = seed;
  if (cloudwatch.alarms.length + cloudwatch.metrics.length === 0) return;
  const state = cloudWatchState(cloud, account, region);
  for (const alarm of cloudwatch.alarms)
    state.alarms[alarm.alarmName] = {
      ...alarm,
      arn: `arn:aws:cloudwatch:${region}:${account}:alarm:${alarm.alarmName}`,
      stateTransitioned: resolveInstant(alarm.stateTransitioned, now),
      configurationUpdated: resolveInstant(alarm.configurationUpdated, now),
    };
  for (const { datapoints, ...metric } of cloudwatch.metrics)
    state.metrics.push({
      ...metric,
      datapoints: datapoints.map(({ at, value }) => ({ at: resolveInstant(at, now), value })),
    });
}
