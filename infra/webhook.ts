import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { webhookSecretName } from '../functions/core/webhook.ts';
import { accessLog } from './console.ts';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { physicalName } from './names.ts';
import { secretArn } from './notify.ts';

/**
 * Where other systems post their alerts: an API that leads to one function, which reads the senders' secrets, puts
 * messages into the queue of findings, and can do nothing else.
 */
export class Webhook extends Construct {
  readonly api: HttpApi;
  readonly intake: SallyportFunction;
  /** With `/webhooks/<sender>` behind it. */
  readonly url: string;

  constructor(scope: Construct, id: string, foundation: Foundation, findings: Queue) {
    super(scope, id);
    const { webhooks, logRetentionDays } = foundation.config;
    const secrets = webhooks.map((sender) => secretArn(this, webhookSecretName(sender)));
    this.intake = new SallyportFunction(this, 'Function', foundation, {
      name: 'intake',
      ledger: 'none',
      timeout: Duration.seconds(10),
      statements: [
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [findings.queueArn] }),
        new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: secrets }),
      ],
      environment: {
        FINDINGS_QUEUE_URL: findings.queueUrl,
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
