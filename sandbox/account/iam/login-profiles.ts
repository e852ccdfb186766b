import type * as iam from '@aws-sdk/client-iam';
import { AwsError, type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { findUser, noSuchEntity } from './lookup.ts';
import type { UserState } from './state.ts';
import { requireUser, userNameOf } from './users.ts';

/** Console passwords. What a password is, is nobody's to read, so it is not kept. */
export function loginProfileOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetLoginProfile: getLoginProfile(cloud),
    CreateLoginProfile: createLoginProfile(cloud),
    DeleteLoginProfile: deleteLoginProfile(cloud),
  };
}

function getLoginProfile(cloud: Cloud) {
  return operation<iam.GetLoginProfileCommandInput, iam.GetLoginProfileCommandOutput>({
    requires: requireUser(cloud, 'iam:GetLoginProfile'),
    handle(input, caller) {
      const user = findUser(cloud, caller.account, userNameOf(input, caller));
      return { LoginProfile: answerOf(user.userName, existing(user)) };
    },
  });
}

function createLoginProfile(cloud: Cloud) {
  return operation<iam.CreateLoginProfileCommandInput, iam.CreateLoginProfileCommandOutput>({
    requires: requireUser(cloud, 'iam:CreateLoginProfile'),
    handle(input, caller) {
      const user = findUser(cloud, caller.account, userNameOf(input, caller));
      if (user.loginProfile)
        throw new AwsError(
          'EntityAlreadyExists',
          `Login Profile for User ${user.userName} already exists.`,
          409,
        );
      const profile = {
        createDate: cloud.now().toISOString(),
        passwordResetRequired: input.PasswordResetRequired ?? false,
      };
      user.loginProfile = profile;
      return { LoginProfile: answerOf(user.userName, profile) };
    },
  });
}

function deleteLoginProfile(cloud: Cloud) {
  return operation<iam.DeleteLoginProfileCommandInput, iam.DeleteLoginProfileCommandOutput>({
    requires: requireUser(cloud, 'iam:DeleteLoginProfile'),
    handle(input, caller) {
      const user = findUser(cloud, caller.account, userNameOf(input, caller));
      existing(user);
      user.loginProfile = undefined;
      return {};
    },
  });
}

type Profile = NonNullable<UserState['loginProfile']>;

function existing({ userName, loginProfile }: UserState): Profile {
  if (!loginProfile) throw noSuchEntity(`Login Profile for User ${userName} cannot be found.`);
  return loginProfile;
}

function answerOf(UserName: string, { createDate, passwordResetRequired }: Profile): iam.LoginProfile {
  return { UserName, CreateDate: new Date(createDate), PasswordResetRequired: passwordResetRequired };
}
