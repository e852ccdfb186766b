import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Analysis } from './analysis.ts';
import { blockedDomainsList } from './blocked-domains.ts';
import type { Bundles } from './bundles.ts';
import type { Config } from './config.ts';
import { Console, ConsoleApi } from './console.ts';
import { Coordination } from './coordination.ts';
import { DeadExecutions } from './dead-executions.ts';
import { Decision } from './decision.ts';
import { ReviewedDocuments } from './documents.ts';
import { Evidence } from './evidence.ts';
import { EvidenceStore } from './evidence-store.ts';
import { FeedStore } from './feed-store.ts';
import { acceptForwarded } from './forwarding.ts';
import type { Foundation, OwnersData } from './foundation.ts';
import type { SallyportFunction } from './function.ts';
import { Intake } from './intake.ts';
import { Intelligence } from './intelligence.ts';
import { Ledger } from './ledger.ts';
import { Notify } from './notify.ts';
import type { Catalogue } from './permissions.ts';
import { Projection } from './projection.ts';
import { Remediation } from './remediation.ts';
import { Webhook } from './webhook.ts';
import { Workflow, type WorkflowFunctions } from './workflow.ts';

interface SallyportStackProps {
  readonly config: Config;
  readonly catalogue: Catalogue;
  readonly bundles: Bundles;
  readonly owners: OwnersData;
}

/** Sallyport in one account and region. */
export class SallyportStack extends Stack {
  readonly foundation: Foundation;
  readonly ledger: Ledger;
  readonly consoleApi: ConsoleApi;
  readonly intake: Intake;
  readonly analysis: Analysis;
  readonly evidence: Evidence;
  readonly decision: Decision;
  readonly remediation: Remediation;
  readonly answering: Console;
  readonly projection: Projection;
  readonly intelligence: Intelligence;
  readonly webhook: Webhook | undefined;
  readonly workflow: Workflow;
  readonly executions: DeadExecutions;
  readonly functions: readonly SallyportFunction[];

  constructor(scope: Construct, id: string, props: SallyportStackProps) {
    super(scope, id, { description: 'Sallyport: answers security findings, with a record of every step' });
    const { config } = props;
    const notify = new Notify(this, 'Notify', config);
    this.consoleApi = new ConsoleApi(this, 'ConsoleApi', config);
    const key = encryptionKey(this);
    this.ledger = new Ledger(this, 'Ledger', { key, deployerRole: config.deployerRole });
    this.foundation = {
      ...props,
      key,
      ledger: this.ledger.table,
      bodies: this.ledger.bodies,
      evidence: new EvidenceStore(this, 'EvidenceStore', config),
      intelligence: new FeedStore(this, 'FeedStore', config).bucket,
      coordination: new Coordination(this, 'Coordination').table,
      consoleUrl: this.consoleApi.api.apiEndpoint,
    };
    this.intake = new Intake(this, 'Intake', this.foundation);
    this.analysis = new Analysis(this, 'Analysis', this.foundation);
    this.evidence = new Evidence(this, 'Evidence', this.foundation);
    this.decision = new Decision(this, 'Decision', this.foundation);
    acceptForwarded(this, config);
    this.remediation = new Remediation(this, 'Remediation', this.foundation);
    new ReviewedDocuments(this, 'ReviewedDocuments');
    blockedDomainsList(this);
    this.answering = new Console(this, 'Console', this.consoleApi, this.foundation);
    this.projection = new Projection(this, 'Projection', this.foundation);
    this.intelligence = new Intelligence(this, 'Intelligence', this.foundation, this.intake.findings);
    this.webhook =
      config.webhooks.length > 0 ? new Webhook(this, 'Webhook', this.foundation, this.intake) : undefined;
    const steps = this.steps();
    const { remediate, ...stages } = steps;
    this.workflow = new Workflow(this, 'Workflow', { config, functions: steps });
    this.executions = new DeadExecutions(this, 'DeadExecutions', this.decision.escalate);
    this.functions = [
      this.intake.ingest,
      ...Object.values(stages),
      ...Object.values(remediate),
      this.answering.console,
      this.projection.project,
      this.intelligence.compile,
      ...(this.webhook ? [this.webhook.intake] : []),
    ];
    this.watch(notify);
    this.tell();
  }

  /** What the command line needs to find its way. */
  private tell(): void {
    const { ledger, bodies, evidence, intelligence, coordination, consoleUrl } = this.foundation;
    const outputs = {
      ConsoleUrl: consoleUrl,
      LedgerTableName: ledger.tableName,
      CoordinationTableName: coordination.tableName,
      BodiesBucketName: bodies.bucketName,
      EvidenceBucketName: evidence.bucket.bucketName,
      EvidenceKeyArn: evidence.key.keyArn,
      IntelligenceBucketName: intelligence.bucketName,
      ProjectFunctionName: this.projection.project.functionName,
      ...(this.webhook && { WebhookUrl: this.webhook.url }),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  private steps(): WorkflowFunctions {
    const { triage, investigate, plan, watchHealth } = this.analysis;
    const { decide, requestApproval, wake, holdLease, close, escalate } = this.decision;
    return {
      triage,
      investigate,
      plan,
      collect: this.evidence.collect,
      decide,
      requestApproval,
      remediate: this.remediation.functions,
      wake,
      holdLease,
      watchHealth,
      close,
      escalate,
    };
  }

  private watch({ alarms }: Notify): void {
    const { decision, intake, webhook, projection, intelligence, executions, workflow, functions } = this;
    new Alarms(this, 'Watch', {
      topic: alarms,
      functions,
      resting: [decision.close, decision.escalate, decision.requestApproval, decision.holdLease],
      deadLetters: [
        intake.dead,
        projection.dead,
        executions.dead,
        intelligence.dead,
        ...(webhook ? [webhook.dead] : []),
      ],
      findings: intake.findings,
      stateMachine: workflow.stateMachine,
      tampered: projection.tampered,
      unsaid: decision.unsaid,
    });
  }
}

/** One key for the ledger, the bodies and the task tokens: keys are the main fixed cost of a region. */
function encryptionKey(scope: Construct): Key {
  return new Key(scope, 'Key', {
    alias: 'alias/sallyport',
    description: 'Sallyport: ledger, bodies and task tokens',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
