// Written by scripts/generate.ts from the files beside it. Do not edit.
import type { Action } from '../core/account.ts';
import { closeFunctionUrl } from './close-function-url/action.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { isolateInstance } from './isolate-instance/action.ts';
import { quarantineUser } from './quarantine-user/action.ts';
import { removeClusterAccess } from './remove-cluster-access/action.ts';
import { removeConsoleLogin } from './remove-console-login.ts';
import { removeFunctionPermission } from './remove-function-permission/action.ts';
import { requireImdsv2 } from './require-imdsv2.ts';
import { revokeIngressRule } from './revoke-ingress-rule/action.ts';
import { revokeSessions } from './revoke-sessions/action.ts';
import { snapshotVolumes } from './snapshot-volumes/action.ts';
import { stopFunction } from './stop-function/action.ts';
import { stopInstance } from './stop-instance/action.ts';
import { stopService } from './stop-service/action.ts';

/** Every action that is built in, by id. */
export const actions: readonly Action[] = [
  closeFunctionUrl,
  deactivateAccessKey,
  isolateInstance,
  quarantineUser,
  removeClusterAccess,
  removeConsoleLogin,
  removeFunctionPermission,
  requireImdsv2,
  revokeIngressRule,
  revokeSessions,
  snapshotVolumes,
  stopFunction,
  stopInstance,
  stopService,
];
