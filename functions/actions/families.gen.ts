// Written by scripts/generate.ts from the actions and tools. Do not edit.
import type { Action } from '../core/account.ts';
import type { FamilyOfAction } from '../core/family.ts';
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

/** For those who only need to know which function carries an action out. */
export const familyOfAction: FamilyOfAction = new Map([
  ['block-account-public-access', 'data'],
  ['block-bucket-public-access', 'data'],
  ['close-function-url', 'compute'],
  ['deactivate-access-key', 'identity'],
  ['isolate-instance', 'network'],
  ['protect-bucket-versions', 'data'],
  ['quarantine-object', 'data'],
  ['quarantine-user', 'policy'],
  ['remove-cluster-access', 'policy'],
  ['remove-console-login', 'identity'],
  ['remove-function-permission', 'policy'],
  ['require-imdsv2', 'compute'],
  ['restrict-bucket', 'policy'],
  ['revoke-ingress-rule', 'network'],
  ['revoke-sessions', 'policy'],
  ['snapshot-volumes', 'compute'],
  ['stop-function', 'compute'],
  ['stop-instance', 'compute'],
  ['stop-service', 'compute'],
]);

export const computeActions: readonly Action[] = [closeFunctionUrl, requireImdsv2, snapshotVolumes, stopFunction, stopInstance, stopService];
export const dataActions: readonly Action[] = [blockAccountPublicAccess, blockBucketPublicAccess, protectBucketVersions, quarantineObject];
export const identityActions: readonly Action[] = [deactivateAccessKey, removeConsoleLogin];
export const networkActions: readonly Action[] = [isolateInstance, revokeIngressRule];
export const policyActions: readonly Action[] = [quarantineUser, removeClusterAccess, removeFunctionPermission, restrictBucket, revokeSessions];
