import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { SallyportFunction } from './function.ts';
import { physicalName } from './names.ts';

interface AlarmsProps {
  readonly topic: ITopic;
  readonly functions: readonly SallyportFunction[];
  /** The functions of which each execution must have called one soon after its start. */
  readonly resting: readonly SallyportFunction[];
  readonly deadLetters: readonly Queue[];
  readonly findings: Queue;
  readonly stateMachine: IStateMachine;
  readonly tampered: IMetric;
  readonly unsaid: readonly IMetric[];
}

const PERIOD = Duration.minutes(5);

/** Everything that a person must hear of although no incident says it. */
export class Alarms extends Construct {
  private readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = props.topic;
    for (const lambda of props.functions) this.watchFunction(lambda);
    for (const queue of props.deadLetters) {
      const depth = queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: 'Maximum' });
      this.above(
        queue.node.id,
        0,
        depth,
        `Messages were given up: read the queue ${queue.node.id} and redrive it`,
      );
    }
    this.watchExecutions(props);
    this.above(
      'ledger-tampered',
      0,
      props.tampered,
      'A commit of the ledger was changed or removed: run audit verify',
    );
    const unsaid = sum(Object.fromEntries(props.unsaid.map((metric, index) => [`unsaid${index}`, metric])));
    this.above(
      'not-notified',
      0,
      unsaid,
      'An incident ended and nobody could be told: look at the incident list',
    );
  }

  private watchFunction(lambda: SallyportFunction): void {
    const usingMetrics = {
      errors: lambda.metricErrors({ period: PERIOD }),
      throttles: lambda.metricThrottles({ period: PERIOD }),
    };
    const trouble = sum(usingMetrics);
    this.above(lambda.shortName, 0, trouble, `sallyport-${lambda.shortName} fails or is throttled`);
  }

  private watchExecutions({ stateMachine, findings, resting }: AlarmsProps): void {
    const period = PERIOD;
    const ended = sum({
      failed: stateMachine.metricFailed({ period }),
      timedOut: stateMachine.metricTimedOut({ period }),
      aborted: stateMachine.metricAborted({ period }),
    });
    this.above('executions-dead', 0, ended, 'Executions ended without Close or Escalate');
    const waiting = findings.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' });
    this.above(
      'findings-stuck',
      15 * 60,
      waiting,
      'A finding has waited a quarter of an hour to be taken in',
    );
    const hour = { period: Duration.hours(1) };
    const rests = resting.map((lambda, index) => [`rest${index}`, lambda.metricInvocations(hour)] as const);
    const unrested = new MathExpression({
      expression: `FILL(started, 0) - (${rests.map(([name]) => `FILL(${name}, 0)`).join(' + ')})`,
      usingMetrics: { started: stateMachine.metricStarted(hour), ...Object.fromEntries(rests) },
      ...hour,
    });
    // Two hours, since an execution that starts just before the hour comes to rest in the next.
    this.above('executions-stuck', 0, unrested, 'Executions start that neither end nor wait for anybody', 2);
  }

  private above(
    name: string,
    threshold: number,
    metric: IMetric,
    alarmDescription: string,
    periods = 1,
  ): void {
    const alarm = new Alarm(this, name, {
      alarmName: physicalName(name),
      alarmDescription,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

function sum(usingMetrics: Record<string, IMetric>): MathExpression {
  const expression = Object.keys(usingMetrics)
    .map((name) => `FILL(${name}, 0)`)
    .join(' + ');
  return new MathExpression({ expression, usingMetrics, period: PERIOD });
}
