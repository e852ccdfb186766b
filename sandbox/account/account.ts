import type { Caller, CallRecord, Service } from '../wire/service.ts';
import { type Authorize, createAuthorizer } from './authorizer.ts';
import { autoScalingService } from './autoscaling.ts';
import { accountBedrockService } from './bedrock.ts';
import type { Cloud } from './cloud.ts';
import { cloudFormationService } from './cloudformation.ts';
import { createRecorder } from './cloudtrail/recorder.ts';
import { type CloudTrailOptions, cloudTrailService } from './cloudtrail.ts';
import { cloudWatchService } from './cloudwatch.ts';
import { ec2Service } from './ec2.ts';
import { ecsService } from './ecs.ts';
import { eksService } from './eks.ts';
import { loadBalancingService } from './elasticloadbalancingv2.ts';
import { createUseRecorder } from './iam/last-used.ts';
import { iamService } from './iam.ts';
import { identityCenterService, identityStoreService } from './identity-center.ts';
import { accountKmsService } from './kms.ts';
import { lambdaService } from './lambda.ts';
import { organizationsService } from './organizations.ts';
import { Principals } from './principals.ts';
import { rdsService } from './rds.ts';
import { resolverService } from './route53resolver.ts';
import { s3Service } from './s3.ts';
import { s3ControlService } from './s3control.ts';
import { accountSecretsService } from './secretsmanager.ts';
import { ssmService } from './ssm.ts';
import { stsService } from './sts.ts';
import { wafService } from './wafv2.ts';

/** The account under attack, ready for `startWireServer`; other services join `services`, other hooks `onCall`. */
export interface AccountSide {
  readonly principals: Principals;
  readonly services: readonly Service[];
  readonly identify: (accessKeyId: string, sessionToken: string | undefined) => Caller | undefined;
  readonly authorize: Authorize;
  readonly onCall: (record: CallRecord) => void;
  /** Whether a call is to this account: the responder's own parts of the same services share their names with it. */
  readonly answers: (record: CallRecord) => boolean;
}

export function createAccountSide(cloud: Cloud, options: CloudTrailOptions = {}): AccountSide {
  const principals = new Principals(cloud);
  const noteUse = createUseRecorder(cloud);
  const recordEvent = createRecorder(cloud);
  const services = [
    iamService(cloud),
    stsService(cloud, principals),
    ec2Service(cloud),
    autoScalingService(cloud),
    loadBalancingService(cloud),
    cloudFormationService(cloud),
    cloudTrailService(cloud, options),
    cloudWatchService(cloud),
    accountKmsService(cloud),
    rdsService(cloud),
    accountSecretsService(cloud),
    s3Service(cloud),
    s3ControlService(cloud),
    ecsService(cloud),
    eksService(cloud),
    lambdaService(cloud),
    accountBedrockService(cloud),
    organizationsService(cloud),
    identityCenterService(cloud),
    identityStoreService(cloud),
    wafService(cloud),
    resolverService(cloud),
    ssmService(cloud),
  ];
  const answers = answering(services);
  return {
    principals,
    services,
    answers,
    identify: (accessKeyId, sessionToken) => principals.resolve(accessKeyId, sessionToken),
    authorize: createAuthorizer(cloud, principals),
    onCall(record) {
      noteUse(record);
      if (answers(record)) recordEvent(record);
    },
  };
}

function answering(services: readonly Service[]): AccountSide['answers'] {
  const names = services.flatMap(({ signingName, name: service = signingName, operations }) =>
    Object.keys(operations).map((operation) => `${service}:${operation}`),
  );
  const own = new Set(names);
  return ({ service, operation }) => own.has(`${service}:${operation}`);
}
