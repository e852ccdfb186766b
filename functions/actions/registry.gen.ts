// Written by scripts/generate.ts from the files beside it. Do not edit.
import type { Action } from '../core/account.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { denyNetworkAcl } from './deny-network-acl/action.ts';
import { deregisterTargets } from './deregister-targets/action.ts';
import { detachInstanceProfile } from './detach-instance-profile/action.ts';
import { enterStandby } from './enter-standby/action.ts';
import { isolateInstance } from './isolate-instance/action.ts';
import { protectInstance } from './protect-instance.ts';
import { quarantineUser } from './quarantine-user/action.ts';
import { removeConsoleLogin } from './remove-console-login.ts';
import { requireImdsv2 } from './require-imdsv2.ts';
import { restrictPrincipalNetworks } from './restrict-principal-networks/action.ts';
import { restrictRoleTrust } from './restrict-role-trust/action.ts';
import { revokeIngressRule } from './revoke-ingress-rule/action.ts';
import { revokeSessions } from './revoke-sessions/action.ts';
import { snapshotVolumes } from './snapshot-volumes/action.ts';
import { stopInstance } from './stop-instance/action.ts';
import { unshareSnapshot } from './unshare-snapshot/action.ts';

/** Every action that is built in, by id. */
export const actions: readonly Action[] = [
  deactivateAccessKey,
  denyNetworkAcl,
  deregisterTargets,
  detachInstanceProfile,
  enterStandby,
  isolateInstance,
  protectInstance,
  quarantineUser,
  removeConsoleLogin,
  requireImdsv2,
  restrictPrincipalNetworks,
  restrictRoleTrust,
  revokeIngressRule,
  revokeSessions,
  snapshotVolumes,
  stopInstance,
  unshareSnapshot,
];
