import { RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  DefinitionBody,
  type IChainable,
  type IStateMachine,
  JsonPath,
  LogLevel,
  Pass,
  StateMachine,
  StateMachineType,
  Succeed,
  type TaskStateBase,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Family } from '../functions/core/family.ts';
import type { Config } from './config.ts';
import type { SallyportFunction } from './function.ts';
import { IAM_PATH, iamName, STATE_MACHINE } from './names.ts';
import { callTask, collectTask, contract, escalateTask, waitTask } from './tasks.ts';

/** The functions that the state machine calls. */
export interface WorkflowFunctions {
  readonly triage: SallyportFunction;
  readonly investigate: SallyportFunction;
  readonly plan: SallyportFunction;
  readonly collect: SallyportFunction;
  readonly decide: SallyportFunction;
  readonly requestApproval: SallyportFunction;
  readonly remediate: Readonly<Record<Family, SallyportFunction>>;
  readonly wake: SallyportFunction;
  readonly holdLease: SallyportFunction;
  readonly watchHealth: SallyportFunction;
  readonly close: SallyportFunction;
  readonly escalate: SallyportFunction;
}

interface WorkflowProps {
  readonly functions: WorkflowFunctions;
  readonly config: Config;
}

/** The way of an incident (docs/spine.md). It carries names and small decisions; documents live in the ledger. */
export class Workflow extends Construct {
  readonly stateMachine: IStateMachine;
  readonly role: Role;

  constructor(scope: Construct, id: string, { functions, config }: WorkflowProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      roleName: iamName(this, 'workflow'),
      path: IAM_PATH,
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: STATE_MACHINE,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(this.define(functions)),
      role: this.role,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Log', {
          logGroupName: '/aws/vendedlogs/states/sallyport-incident',
          retention: config.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        // Execution data holds task tokens.
        includeExecutionData: false,
      },
    });
  }

  private define(functions: WorkflowFunctions): IChainable {
    const escalate = escalateTask(this, functions.escalate);
    const handOver = this.handOver('HandOver', escalate);
    const failed = this.handOver('Failed', escalate, { 'error.$': '$.error' });
    const call = (id: string, lambda: SallyportFunction, event?: string) =>
      callTask(this, id, lambda, event).addCatch(failed, { resultPath: '$.error' });

    const triage = call('Triage', functions.triage);
    const investigate = call('Investigate', functions.investigate);
    const plan = call('Plan', functions.plan);
    const decide = call('Decide', functions.decide, 'planned');
    const decideAnswered = call('DecideAnswered', functions.decide, 'answered');
    const decideLease = call('DecideLease', functions.decide, 'lease-ended');
    const remediating = Object.entries(functions.remediate).map(
      ([family, lambda]) => [`remediate-${family}`, call(lambda.node.id, lambda)] as const,
    );
    const watchHealth = call('WatchHealth', functions.watchHealth);
    const close = call('Close', functions.close);
    const awaitApproval = waitTask(this, 'AwaitApproval', functions.requestApproval).addCatch(failed, {
      resultPath: '$.error',
    });
    const holdLease = waitTask(this, 'HoldLease', functions.holdLease)
      .addCatch(decideLease, { errors: ['States.Timeout'], resultPath: JsonPath.DISCARD })
      .addCatch(failed, { resultPath: '$.error' });

    // After the decision, which does not wait for it, and before a person or the first change; then again once it is done.
    const before = collectTask(this, 'Collect', functions.collect, 'planned');
    const after = collectTask(this, 'CollectContained', functions.collect, 'contained');

    const changes = Object.fromEntries(remediating);
    const ends = { close, escalate: handOver };
    const branch = (task: TaskStateBase, next: Record<string, IChainable>) =>
      this.branch(task, next, handOver);
    branch(triage, { triage, investigate, ...ends });
    branch(investigate, { investigate, plan, ...ends });
    branch(plan, { decide, ...ends });
    const decided = {
      ...changes,
      hold: holdLease,
      'await-approval': awaitApproval,
      plan,
      investigate,
      ...ends,
    };
    decide.next(before.collect);
    before.goOn(this.choice('AfterDecide', decided, handOver));
    branch(decideAnswered, decided);
    branch(decideLease, { ...changes, hold: holdLease, 'watch-health': watchHealth, ...ends });
    for (const [, task] of remediating)
      branch(task, { ...changes, hold: after.collect, plan, investigate, ...ends });
    after.goOn(holdLease);
    awaitApproval.next(decideAnswered);
    holdLease.next(decideLease);
    watchHealth.next(decideLease);

    return new Choice(this, 'Start')
      .when(Condition.stringEquals('$.event', 'rollback'), decideLease)
      .when(Condition.stringEquals('$.event', 'look-again'), this.wake(functions.wake))
      .otherwise(triage);
  }

  /** An execution of its own, beside the one that waits. One that fails is none: whoever answers is told first. */
  private wake(lambda: SallyportFunction): IChainable {
    const notWoken = new Succeed(this, 'NotWoken');
    return callTask(this, 'Wake', lambda).addCatch(notWoken, { resultPath: '$.error' });
  }

  /** Goes where the task's answer says. An answer that the state does not know goes to a person. */
  private branch(task: TaskStateBase, next: Record<string, IChainable>, otherwise: IChainable): void {
    task.next(this.choice(`After${task.id}`, next, otherwise));
  }

  private choice(id: string, next: Record<string, IChainable>, otherwise: IChainable): Choice {
    const choice = new Choice(this, id);
    for (const [answer, state] of Object.entries(next)) {
      choice.when(Condition.stringEquals('$.step.next', answer), state);
    }
    return choice.otherwise(otherwise);
  }

  /** JSONPath fails on a field that is absent: what Escalate is told is put together where it is known. */
  private handOver(id: string, escalate: IChainable, more: Record<string, string> = {}): Pass {
    const pass = new Pass(this, id, {
      parameters: { ...contract(), ...more },
      resultPath: '$.escalation',
    });
    pass.next(escalate);
    return pass;
  }
}
