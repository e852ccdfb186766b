import * as z from 'zod';
import { alarmUntilStop, type Home } from '../home.ts';
import { TemplateError } from '../template/error.ts';
import type { EventBus } from './events.ts';
import type { Functions } from './lambda.ts';

const ScheduleProperties = z.looseObject({
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(z.looseObject({ Arn: z.string() })).default([]),
});

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/**
 * Runs the rules that have a rate: first when one period has passed, as EventBridge does, and then every period while
 * the cloud runs. Throws TemplateError for another schedule or target.
 */
export function startSchedules(home: Home, functions: Functions, bus: EventBus): void {
  for (const { logicalId, arn, properties } of home.stack.ofType('AWS::Events::Rule', ScheduleProperties)) {
    const { ScheduleExpression, State, Targets } = properties;
    if (ScheduleExpression === undefined || State !== 'ENABLED') continue;
    const period = periodOf(ScheduleExpression, logicalId);
    for (const { Arn } of Targets) {
      const pool = functions.find(Arn);
      if (!pool)
        throw new TemplateError(logicalId, `the schedule's target ${Arn} is no function of the stack`);
      every(home, period, () =>
        functions.invokeLater(pool, bus.publish('aws.events', 'Scheduled Event', {}, [arn])),
      );
    }
  }
}

function every(home: Home, period: number, run: () => void): void {
  alarmUntilStop(home, period, () => {
    run();
    every(home, period, run);
  });
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
function periodOf(expression: string, where: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined || unit === undefined)
    throw new TemplateError(where, `the schedule ${expression} is no rate: only rates are run`);
  return Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}
