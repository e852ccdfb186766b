import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventEnvelope } from '../../sandbox/services/events.ts';
import { startSchedules } from '../../sandbox/services/schedules.ts';

const HOUR = 60 * 60 * 1000;
const ARN = 'arn:aws:lambda:eu-central-1:111122223333:function:compile';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Starts one rule; answers what it runs, and the way to stop it. */
function started(properties: object) {
  const stopping = new AbortController();
  const runs: EventEnvelope[] = [];
  const rule = { State: 'ENABLED', Targets: [{ Arn: ARN }], ...properties };
  const home = {
    stack: { ofType: () => [{ logicalId: 'Hourly', arn: 'arn:rule', properties: rule }] },
    stopped: stopping.signal,
  };
  const functions = {
    find: (arn: string) => (arn === ARN ? 'the function' : undefined),
    invokeLater: (_: unknown, event: EventEnvelope) => void runs.push(event),
  };
  const bus = { publish: (source: string, detailType: string) => ({ source, 'detail-type': detailType }) };
  startSchedules(home as never, functions as never, bus as never);
  return { runs, stop: () => stopping.abort() };
}

describe('a schedule', () => {
  it('runs its function when a period has passed, and then every period, until the cloud stops', () => {
    const { runs, stop } = started({ ScheduleExpression: 'rate(1 hour)' });
    vi.advanceTimersByTime(HOUR - 1);
    expect(runs).toEqual([]);
    vi.advanceTimersByTime(2 * HOUR + 1);
    expect(runs).toHaveLength(3);
    expect(runs[0]).toEqual({ source: 'aws.events', 'detail-type': 'Scheduled Event' });
    stop();
    vi.advanceTimersByTime(5 * HOUR);
    expect(runs).toHaveLength(3);
  });

  it('that is disabled, and a rule with a pattern, run nothing', () => {
    const idle = [{ ScheduleExpression: 'rate(1 hour)', State: 'DISABLED' }, { EventPattern: {} }].map(
      started,
    );
    vi.advanceTimersByTime(3 * HOUR);
    expect(idle.flatMap(({ runs }) => runs)).toEqual([]);
  });

  it.each([
    [{ ScheduleExpression: 'cron(0 8 * * ? *)' }, 'no rate'],
    [{ ScheduleExpression: 'rate(1 hour)', Targets: [{ Arn: 'arn:aws:sqs:x' }] }, 'no function'],
  ])('%j is refused rather than left out', (properties, why) => {
    expect(() => started(properties)).toThrow(why);
  });
});
