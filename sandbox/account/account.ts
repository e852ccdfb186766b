import type { Caller, CallRecord, Service } from '../wire/service.ts';
import { type Authorize, createAuthorizer } from './authorizer.ts';
import type { Cloud } from './cloud.ts';
import { createRecorder } from './cloudtrail/recorder.ts';
import { type CloudTrailOptions, cloudTrailService } from './cloudtrail.ts';
import { ec2Service } from './ec2.ts';
import { ecsService } from './ecs.ts';
import { eksService } from './eks.ts';
import { createUseRecorder } from './iam/last-used.ts';
import { iamService } from './iam.ts';
import { lambdaService } from './lambda.ts';
import { Principals } from './principals.ts';
import { s3Service } from './s3.ts';
import { s3ControlService } from './s3control.ts';
import { stsService } from './sts.ts';

/** The account under attack, ready for `startWireServer`; other services join `services`, other hooks `onCall`. */
export interface AccountSide {
  readonly principals: Principals;
  readonly services: readonly Service[];
  readonly identify: (accessKeyId: string, sessionToken: string | undefined) => Caller | undefined;
  readonly authorize: Authorize;
  readonly onCall: (record: CallRecord) => void;
}

export function createAccountSide(cloud: Cloud, options: CloudTrailOptions = {}): AccountSide {
  const principals = new Principals(cloud);
  const noteUse = createUseRecorder(cloud);
  const recordEvent = createRecorder(cloud);
  return {
    principals,
    services: [
      iamService(cloud),
      stsService(cloud, principals),
      ec2Service(cloud),
      s3Service(cloud),
      s3ControlService(cloud),
      ecsService(cloud),
      eksService(cloud),
      lambdaService(cloud),
      cloudTrailService(cloud, options),
    ],
    identify: (accessKeyId, sessionToken) => principals.resolve(accessKeyId, sessionToken),
    authorize: createAuthorizer(cloud, principals),
    onCall(record) {
      noteUse(record);
      recordEvent(record);
    },
  };
}
