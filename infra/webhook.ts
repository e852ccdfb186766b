import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { webhookEvent, webhookSecretName } from '../functions/core/webhook.ts';
import { accessLog } from './console.ts';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { type Intake, MOST_DELIVERIES } from './intake.ts';
import { physicalName } from './names.ts';
import { secretArn } from './notify.ts';
import { deadLetters, queue } from './queues.ts';

/**
 * Where other systems post their alerts: an API that leads to one function, which reads the senders' secrets, puts
 * messages into one queue, and can do nothing else. The queue is the webhook's own, and only the webhook's events are
 * taken from it: whoever had the function could not write one of AWS's.
 */
export class Webhook extends Construct {
  readonly api: HttpApi;
  readonly intake: SallyportFunction;
  readonly dead: Queue;
  /** With `/webhooks/<sender>` behind it. */
  readonly url: string;

  constructor(scope: Construct, id: string, foundation: Foundation, { ingest }: Intake) {
    super(scope, id);
    const { webhooks, logRetentionDays } = foundation.config;
    this.dead = deadLetters(this, 'webhook-dead');
    const alerts = queue(this, 'webhook', {
      visibilityTimeout: Duration.seconds(6 * ingest.timeLimit.toSeconds()),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.dead, maxReceiveCount: MOST_DELIVERIES },
    });
    const ofWebhook = FilterCriteria.filter({
      body: {
        source: FilterRule.isEqual(webhookEvent.source),
        'detail-type': FilterRule.isEqual(webhookEvent.detailType),
      },
    });
    ingest.addEventSource(
      new SqsEventSource(alerts, { batchSize: 10, reportBatchItemFailures: true, filters: [ofWebhook] }),
    );
    const secrets = webhooks.map((sender) => secretArn(this, webhookSecretName(sender)));
    this.intake = new SallyportFunction(this, 'Function', foundation, {
      name: 'intake',
      ledger: 'none',
      timeout: Duration.seconds(10),
      statements: [
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [alerts.queueArn] }),
        new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: secrets }),
      ],
      environment: {
        WEBHOOK_QUEUE_URL: alerts.queueUrl,
        WEBHOOK_SENDERS: webhooks.join(','),
        OWN_ACCOUNT: Stack.of(this).account,
      },
    });
    this.api = new HttpApi(this, 'Api', { apiName: physicalName('webhook'), createDefaultStage: false });
    this.api.addRoutes({
      path: '/webhooks/{sender}',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Integration', this.intake),
    });
    const log = new LogGroup(this, 'Access', {
      logGroupName: '/aws/apigateway/sallyport-webhook',
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // All senders share it: a budget of each its own would take a table, which the function must not reach.
      throttle: { rateLimit: 10, burstLimit: 50 },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLog() },
    });
    this.url = this.api.apiEndpoint;
  }
}
