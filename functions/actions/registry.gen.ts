// Written by scripts/generate.ts from the files beside it. Do not edit.
import type { Action } from '../core/account.ts';
import { blockAccountPublicAccess } from './block-account-public-access/action.ts';
import { blockBucketPublicAccess } from './block-bucket-public-access/action.ts';
import { closeFunctionUrl } from './close-function-url/action.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { isolateInstance } from './isolate-instance/action.ts';
import { protectBucketVersions } from './protect-bucket-versions/action.ts';
import { quarantineObject } from './quarantine-object/action.ts';
import { quarantineUser } from './quarantine-user/action.ts';
import { removeClusterAccess } from './remove-cluster-access/action.ts';
import { removeConsoleLogin } from './remove-console-login.ts';
import { removeFunctionPermission } from './remove-function-permission/action.ts';
import { requireImdsv2 } from './require-imdsv2.ts';
import { restrictBucket } from './restrict-bucket/action.ts';
import { revokeIngressRule } from './revoke-ingress-rule/action.ts';
import { revokeSessions } from './revoke-sessions/action.ts';
import { snapshotVolumes } from './snapshot-volumes/action.ts';
import { stopFunction } from './stop-function/action.ts';
import { stopInstance } from './stop-instance/action.ts';
import { stopService } from './stop-service/action.ts';

/** Every action that is built in, by id. */
export const actions: readonly Action[] = [
  blockAccountPublicAccess,
  blockBucketPublicAccess,
  closeFunctionUrl,
  deactivateAccessKey,
  isolateInstance,
  protectBucketVersions,
  quarantineObject,
  quarantineUser,
  removeClusterAccess,
  removeConsoleLogin,
  removeFunctionPermission,
  requireImdsv2,
  restrictBucket,
  revokeIngressRule,
  revokeSessions,
  snapshotVolumes,
  stopFunction,
  stopInstance,
  stopService,
];
