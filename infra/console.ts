import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Config } from './config.ts';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { physicalName, stateMachineArn } from './names.ts';
import { peopleEnvironment } from './notify.ts';
import { answerTasks } from './power.ts';

/** The API itself, which comes before the functions: their mails carry its address. */
export class ConsoleApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { logRetentionDays }: Config) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName: physicalName('console'), createDefaultStage: false });
    const log = new LogGroup(this, 'Access', {
      logGroupName: '/aws/apigateway/sallyport-console',
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // HTTP APIs cannot carry WAF: this and the function's own checks are the shield.
      throttle: { rateLimit: 20, burstLimit: 40 },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLog() },
    });
  }
}

/** The route, never the path: an approval's path is its secret. */
export function accessLog(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: '$context.requestId',
      at: '$context.requestTime',
      route: '$context.routeKey',
      status: '$context.status',
      caller: '$context.identity.userArn',
      address: '$context.identity.sourceIp',
      error: '$context.error.message',
    }),
  );
}

/** The pages and the API that people decide through. */
export class Console extends Construct {
  readonly console: SallyportFunction;

  constructor(scope: Construct, id: string, { api }: ConsoleApi, foundation: Foundation) {
    super(scope, id);
    this.console = new SallyportFunction(this, 'Function', foundation, {
      name: 'console',
      timeout: Duration.seconds(29),
      cedar: true,
      appends: ['INC-*#decision', 'system'],
      coordination: { read: ['link#*'], write: ['mode', 'token#*', 'form-key'] },
      statements: ringDoorbells(this, foundation),
      environment: consoleEnvironment(this, foundation),
    });
    const integration = new HttpLambdaIntegration('Integration', this.console);
    const route = (path: string, method: HttpMethod, authorizer?: IHttpRouteAuthorizer) =>
      api.addRoutes({ path, methods: [method], integration, ...(authorizer && { authorizer }) });
    const signedIn = signIn(foundation.config);
    route('/approvals/{secret}', HttpMethod.GET);
    route('/approvals/{secret}', HttpMethod.POST, signedIn);
    route('/incidents/{id}', HttpMethod.GET, signedIn);
    route('/api/{proxy+}', HttpMethod.ANY, new HttpIamAuthorizer());
  }
}

function ringDoorbells(scope: Construct, { key }: Foundation): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] }),
    answerTasks(),
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn(scope)] }),
  ];
}

function consoleEnvironment(
  scope: Construct,
  { config, key, consoleUrl }: Foundation,
): Record<string, string> {
  return {
    STATE_MACHINE_ARN: stateMachineArn(scope),
    KEY_ID: key.keyArn,
    CONSOLE_URL: consoleUrl,
    ...peopleEnvironment(config),
    ...(config.oidc && { OIDC_ISSUER: config.oidc.issuer }),
  };
}

/** Without a configured issuer the function lets nobody decide, so that there is nothing to check at the gate. */
function signIn({ oidc }: Config): HttpJwtAuthorizer | undefined {
  return oidc && new HttpJwtAuthorizer('SignIn', oidc.issuer, { jwtAudience: oidc.audience });
}
