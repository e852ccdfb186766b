import { randomBytes } from 'node:crypto';
import type * as iam from '@aws-sdk/client-iam';
import { AwsError, type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { iamId } from '../ids.ts';
import { findUser, noSuchEntity } from './lookup.ts';
import { pageOf } from './pages.ts';
import type { AccessKeyState, UserState } from './state.ts';
import { requireUser, userNameOf } from './users.ts';

/** A user has two keys at most (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const maximumKeys = 2;

export function accessKeyOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListAccessKeys: listAccessKeys(cloud),
    GetAccessKeyLastUsed: getAccessKeyLastUsed(cloud),
    UpdateAccessKey: updateAccessKey(cloud),
    CreateAccessKey: createAccessKey(cloud),
  };
}

function listAccessKeys(cloud: Cloud) {
  return operation<iam.ListAccessKeysCommandInput, iam.ListAccessKeysCommandOutput>({
    requires: requireUser(cloud, 'iam:ListAccessKeys'),
    handle(input, caller) {
      const user = findUser(cloud, caller.account, userNameOf(input, caller));
      const { items, ...page } = pageOf(user.accessKeys, input);
      const AccessKeyMetadata = items.map((key) => ({
        UserName: user.userName,
        AccessKeyId: key.accessKeyId,
        Status: key.status,
        CreateDate: new Date(key.createDate),
      }));
      return { AccessKeyMetadata, ...page };
    },
  });
}

function getAccessKeyLastUsed(cloud: Cloud) {
  return operation<iam.GetAccessKeyLastUsedCommandInput, iam.GetAccessKeyLastUsedCommandOutput>({
    requires(input, caller) {
      const owner = ownerOf(cloud, caller.account, input.AccessKeyId);
      return requireUser(cloud, 'iam:GetAccessKeyLastUsed')({ UserName: owner?.userName ?? '*' }, caller);
    },
    handle(input, caller) {
      const owner = ownerOf(cloud, caller.account, input.AccessKeyId);
      // AWS says AccessDenied here, so that key ids cannot be probed.
      if (!owner) throw new AwsError('AccessDenied', `Cannot find access key ${input.AccessKeyId}`, 403);
      const { lastUsed } = keyOf(owner, input.AccessKeyId);
      return {
        UserName: owner.userName,
        AccessKeyLastUsed: {
          LastUsedDate: lastUsed && new Date(lastUsed.date),
          ServiceName: lastUsed?.serviceName ?? 'N/A',
          Region: lastUsed?.region ?? 'N/A',
        },
      };
    },
  });
}

function updateAccessKey(cloud: Cloud) {
  return operation<iam.UpdateAccessKeyCommandInput, iam.UpdateAccessKeyCommandOutput>({
    requires: requireUser(cloud, 'iam:UpdateAccessKey'),
    handle(input, caller) {
      const user = findUser(cloud, caller.account, userNameOf(input, caller));
      const { Status: status } = input;
      if (status !== 'Active' && status !== 'Inactive')
        throw new AwsError('ValidationError', `Value '${status}' at 'status' must be Active or Inactive`);
      keyOf(user, input.AccessKeyId).status = status;
      return {};
    },
  });
}

function createAccessKey(cloud: Cloud) {
  return operation<iam.CreateAccessKeyCommandInput, iam.CreateAccessKeyCommandOutput>({
    requires: requireUser(cloud, 'iam:CreateAccessKey'),
    handle(input, caller) {
      const user = findUser(cloud, caller.account, userNameOf(input, caller));
      if (user.accessKeys.length >= maximumKeys)
        throw new AwsError('LimitExceeded', `Cannot exceed quota for AccessKeysPerUser: ${maximumKeys}`, 409);
      const key = newKey(cloud);
      user.accessKeys.push(key);
      return {
        AccessKey: {
          UserName: user.userName,
          AccessKeyId: key.accessKeyId,
          SecretAccessKey: key.secretAccessKey,
          Status: key.status,
          CreateDate: new Date(key.createDate),
        },
      };
    },
  });
}

function newKey(cloud: Cloud): AccessKeyState {
  return {
    accessKeyId: iamId(cloud, 'AKIA'),
    secretAccessKey: randomBytes(30).toString('base64'),
    status: 'Active',
    createDate: cloud.now().toISOString(),
  };
}

function ownerOf(cloud: Cloud, account: string, accessKeyId: string | undefined): UserState | undefined {
  const users = Object.values(cloud.account(account).iam.users);
  return users.find((user) => user.accessKeys.some((key) => key.accessKeyId === accessKeyId));
}

function keyOf(user: UserState, accessKeyId: string | undefined): AccessKeyState {
  const key = user.accessKeys.find((one) => one.accessKeyId === accessKeyId);
  if (!key) throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`);
  return key;
}
