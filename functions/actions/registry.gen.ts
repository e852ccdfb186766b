// Written by scripts/generate.ts from the files beside it. Do not edit.
import type { Action } from '../core/account.ts';
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

/** Every action that is built in, by id. */
export const actions: readonly Action[] = [
  blockAccountPublicAccess,
  blockAddress,
  blockBucketPublicAccess,
  blockDomain,
  cancelKeyDeletion,
  closeFunctionUrl,
  createFlowLogs,
  deactivateAccessKey,
  denyNetworkAcl,
  denyPrincipalByOrganization,
  deregisterTargets,
  detachInstanceProfile,
  enableBedrockLogging,
  enterStandby,
  isolateInstance,
  makeDatabasePrivate,
  protectBucketVersions,
  protectInstance,
  quarantineObject,
  quarantineUser,
  removeAccountAssignment,
  removeClusterAccess,
  removeConsoleLogin,
  removeFunctionPermission,
  requireImdsv2,
  restrictBucket,
  restrictPrincipalNetworks,
  restrictRoleTrust,
  revokeIngressRule,
  revokeSessions,
  rotateSecret,
  runDocument,
  shareSnapshots,
  snapshotVolumes,
  startTrailLogging,
  stopFunction,
  stopInstance,
  stopService,
  unshareDatabaseSnapshot,
  unshareSnapshot,
];
