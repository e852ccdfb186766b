// Written by scripts/generate.ts from the actions and tools. Do not edit.
import type { Action } from '../core/account.ts';
import type { FamilyOfAction } from '../core/family.ts';
import { blockAccountPublicAccess } from './block-account-public-access/action.ts';
import { blockAddress } from './block-address/action.ts';
import { blockBucketPublicAccess } from './block-bucket-public-access/action.ts';
import { blockDomain } from './block-domain/action.ts';
import { cancelKeyDeletion } from './cancel-key-deletion/action.ts';
import { closeFunctionUrl } from './close-function-url/action.ts';
import { createFlowLogs } from './create-flow-logs/action.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { denyNetworkAcl } from './deny-network-acl/action.ts';
import { denyPrincipalByOrganization } from './deny-principal-by-organization/action.ts';
import { deregisterTargets } from './deregister-targets/action.ts';
import { detachInstanceProfile } from './detach-instance-profile/action.ts';
import { enableBedrockLogging } from './enable-bedrock-logging/action.ts';
import { enterStandby } from './enter-standby/action.ts';
import { isolateInstance } from './isolate-instance/action.ts';
import { makeDatabasePrivate } from './make-database-private.ts';
import { protectBucketVersions } from './protect-bucket-versions/action.ts';
import { protectInstance } from './protect-instance.ts';
import { quarantineObject } from './quarantine-object/action.ts';
import { quarantineUser } from './quarantine-user/action.ts';
import { removeAccountAssignment } from './remove-account-assignment/action.ts';
import { removeClusterAccess } from './remove-cluster-access/action.ts';
import { removeConsoleLogin } from './remove-console-login.ts';
import { removeFunctionPermission } from './remove-function-permission/action.ts';
import { requireImdsv2 } from './require-imdsv2.ts';
import { restrictBucket } from './restrict-bucket/action.ts';
import { restrictPrincipalNetworks } from './restrict-principal-networks/action.ts';
import { restrictRoleTrust } from './restrict-role-trust/action.ts';
import { revokeIngressRule } from './revoke-ingress-rule/action.ts';
import { revokeSessions } from './revoke-sessions/action.ts';
import { rotateSecret } from './rotate-secret/action.ts';
import { runDocument } from './run-document/action.ts';
import { shareSnapshots } from './share-snapshots/action.ts';
import { snapshotVolumes } from './snapshot-volumes/action.ts';
import { startTrailLogging } from './start-trail-logging.ts';
import { stopFunction } from './stop-function/action.ts';
import { stopInstance } from './stop-instance/action.ts';
import { stopService } from './stop-service/action.ts';
import { unshareDatabaseSnapshot } from './unshare-database-snapshot/action.ts';
import { unshareSnapshot } from './unshare-snapshot/action.ts';

/** For those who only need to know which function carries an action out. */
export const familyOfAction: FamilyOfAction = new Map([
  ['block-account-public-access', 'data'],
  ['block-address', 'network'],
  ['block-bucket-public-access', 'data'],
  ['block-domain', 'network'],
  ['cancel-key-deletion', 'data'],
  ['close-function-url', 'compute'],
  ['create-flow-logs', 'network'],
  ['deactivate-access-key', 'identity'],
  ['deny-network-acl', 'network'],
  ['deny-principal-by-organization', 'policy'],
  ['deregister-targets', 'network'],
  ['detach-instance-profile', 'compute'],
  ['enable-bedrock-logging', 'data'],
  ['enter-standby', 'compute'],
  ['isolate-instance', 'network'],
  ['make-database-private', 'data'],
  ['protect-bucket-versions', 'data'],
  ['protect-instance', 'compute'],
  ['quarantine-object', 'data'],
  ['quarantine-user', 'policy'],
  ['remove-account-assignment', 'policy'],
  ['remove-cluster-access', 'policy'],
  ['remove-console-login', 'identity'],
  ['remove-function-permission', 'policy'],
  ['require-imdsv2', 'compute'],
  ['restrict-bucket', 'policy'],
  ['restrict-principal-networks', 'policy'],
  ['restrict-role-trust', 'policy'],
  ['revoke-ingress-rule', 'network'],
  ['revoke-sessions', 'policy'],
  ['rotate-secret', 'data'],
  ['run-document', 'compute'],
  ['share-snapshots', 'data'],
  ['snapshot-volumes', 'compute'],
  ['start-trail-logging', 'data'],
  ['stop-function', 'compute'],
  ['stop-instance', 'compute'],
  ['stop-service', 'compute'],
  ['unshare-database-snapshot', 'data'],
  ['unshare-snapshot', 'compute'],
]);

export const computeActions: readonly Action[] = [closeFunctionUrl, detachInstanceProfile, enterStandby, protectInstance, requireImdsv2, runDocument, snapshotVolumes, stopFunction, stopInstance, stopService, unshareSnapshot];
export const dataActions: readonly Action[] = [blockAccountPublicAccess, blockBucketPublicAccess, cancelKeyDeletion, enableBedrockLogging, makeDatabasePrivate, protectBucketVersions, quarantineObject, rotateSecret, shareSnapshots, startTrailLogging, unshareDatabaseSnapshot];
export const identityActions: readonly Action[] = [deactivateAccessKey, removeConsoleLogin];
export const networkActions: readonly Action[] = [blockAddress, blockDomain, createFlowLogs, denyNetworkAcl, deregisterTargets, isolateInstance, revokeIngressRule];
export const policyActions: readonly Action[] = [denyPrincipalByOrganization, quarantineUser, removeAccountAssignment, removeClusterAccess, removeFunctionPermission, restrictBucket, restrictPrincipalNetworks, restrictRoleTrust, revokeSessions];
