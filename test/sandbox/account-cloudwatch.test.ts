import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cloud } from '../../sandbox/account/cloud.ts';
import {
  accountSeed,
  admin,
  type Fixture,
  now,
  region,
  startFixture,
  stolen,
  writeSeed,
} from './account-fixture.ts';

const at = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const dimensions = { FunctionName: 'shop' };
const errors = { namespace: 'AWS/Lambda', metricName: 'Errors', dimensions };
let fixture: Fixture;
const client = (credentials = admin) =>
  new CloudWatchClient({ endpoint: fixture.server.endpoint, region, credentials, maxAttempts: 1 });

beforeAll(async () => {
  fixture = await startFixture();
  const seeded = new Cloud(() => now);
  const alarms = Array.from({ length: 3 }, (_, index) => ({ alarmName: `errors-${index}`, ...errors }));
  const points = [600, 150, 140, 70].map((ago) => ({ at: `-PT${ago}S`, value: ago }));
  seeded.seed(
    writeSeed({
      ...accountSeed,
      cloudwatch: {
        alarms: [
          ...alarms,
          { alarmName: 'math', metrics: [errors], stateValue: 'ALARM', stateTransitioned: '-PT5M' },
        ],
        metrics: [{ ...errors, datapoints: points }],
      },
    }),
  );
  fixture.cloud.restore(seeded.snapshot());
});
afterAll(() => fixture.server.close());

describe('DescribeAlarms', () => {
  it('answers in pages', async () => {
    const first = await client().send(new DescribeAlarmsCommand({ MaxRecords: 3 }));
    expect(first.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual([
      'errors-0',
      'errors-1',
      'errors-2',
    ]);
    const rest = await client().send(new DescribeAlarmsCommand({ NextToken: first.NextToken }));
    expect(rest.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['math']);
    expect(rest.NextToken).toBeUndefined();
  });

  it('leaves names out that no alarm has', async () => {
    const { MetricAlarms } = await client().send(
      new DescribeAlarmsCommand({ AlarmNames: ['errors-1', '__proto__', 'gone'] }),
    );
    expect(MetricAlarms).toMatchObject([
      {
        AlarmName: 'errors-1',
        AlarmArn: expect.stringMatching(/:alarm:errors-1$/),
        Namespace: 'AWS/Lambda',
        Dimensions: [{ Name: 'FunctionName', Value: 'shop' }],
        StateValue: 'OK',
      },
    ]);
  });

  it('gives metric math as its queries, and says since when it is in its state', async () => {
    const { MetricAlarms } = await client().send(new DescribeAlarmsCommand({ AlarmNames: ['math'] }));
    expect(MetricAlarms?.[0]).toMatchObject({
      Metrics: [{ MetricStat: { Metric: { MetricName: 'Errors' } } }],
      StateTransitionedTimestamp: at(300),
    });
    expect(MetricAlarms?.[0]?.Namespace).toBeUndefined();
  });

  it('is refused to whom IAM does not allow it', async () => {
    await expect(client(stolen).send(new DescribeAlarmsCommand({}))).rejects.toThrow(/not authorized/);
  });
});

describe('GetMetricData', () => {
  const ask = (StartTime: Date, changes: object = {}) => {
    const Metric = {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: 'shop' }],
      ...changes,
    };
    const query = { Id: 'errors', MetricStat: { Metric, Period: 60, Stat: 'Sum' } };
    return client().send(new GetMetricDataCommand({ StartTime, EndTime: now, MetricDataQueries: [query] }));
  };

  it('sums what falls into each minute, the newest first, and nothing of minutes without data', async () => {
    const { MetricDataResults } = await ask(at(300));
    expect(MetricDataResults).toMatchObject([{ Id: 'errors', Values: [70, 290], StatusCode: 'Complete' }]);
    expect(MetricDataResults?.[0]?.Timestamps).toEqual([at(120), at(180)]);
  });

  it('has nothing of a metric with other dimensions', async () => {
    const { MetricDataResults } = await ask(at(3600), { Dimensions: [] });
    expect(MetricDataResults).toMatchObject([{ Id: 'errors', Values: [] }]);
  });

  it('refuses what the laptop cloud does not know', async () => {
    const query = { Id: 'a', Expression: 'SELECT SUM(Errors) FROM "AWS/Lambda"' };
    const asked = new GetMetricDataCommand({ StartTime: at(60), EndTime: now, MetricDataQueries: [query] });
    await expect(client().send(asked)).rejects.toThrow('sums of single metrics');
  });
});
