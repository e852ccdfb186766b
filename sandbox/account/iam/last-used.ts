import type { CallRecord } from '../../wire/service.ts';
import { nameOfArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';

/** An `onCall` hook that keeps GetAccessKeyLastUsed true: every answered call counts, refused ones too. */
export function createUseRecorder(cloud: Cloud): (record: CallRecord) => void {
  return ({ phase, caller, service, call }) => {
    if (phase !== 'after' || caller.roleArn !== undefined) return;
    const user = find(cloud.account(caller.account).iam.users, nameOfArn(caller.arn));
    const key = user?.accessKeys.find((one) => one.accessKeyId === caller.accessKeyId);
    if (key) key.lastUsed = { date: cloud.now().toISOString(), serviceName: service, region: call.region };
  };
}
