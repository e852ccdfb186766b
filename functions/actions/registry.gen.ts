// Written by scripts/generate.ts from the files beside it. Do not edit.
import type { Action } from '../core/account.ts';
import { cancelKeyDeletion } from './cancel-key-deletion/action.ts';
import { createFlowLogs } from './create-flow-logs/action.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { enableBedrockLogging } from './enable-bedrock-logging/action.ts';
import { isolateInstance } from './isolate-instance/action.ts';
import { makeDatabasePrivate } from './make-database-private.ts';
import { quarantineUser } from './quarantine-user/action.ts';
import { removeConsoleLogin } from './remove-console-login.ts';
import { requireImdsv2 } from './require-imdsv2.ts';
import { revokeIngressRule } from './revoke-ingress-rule/action.ts';
import { revokeSessions } from './revoke-sessions/action.ts';
import { rotateSecret } from './rotate-secret/action.ts';
import { snapshotVolumes } from './snapshot-volumes/action.ts';
import { startTrailLogging } from './start-trail-logging.ts';
import { stopInstance } from './stop-instance/action.ts';
import { unshareDatabaseSnapshot } from './unshare-database-snapshot/action.ts';

/** Every action that is built in, by id. */
export const actions: readonly Action[] = [
  cancelKeyDeletion,
  createFlowLogs,
  deactivateAccessKey,
  enableBedrockLogging,
  isolateInstance,
  makeDatabasePrivate,
  quarantineUser,
  removeConsoleLogin,
  requireImdsv2,
  revokeIngressRule,
  revokeSessions,
  rotateSecret,
  snapshotVolumes,
  startTrailLogging,
  stopInstance,
  unshareDatabaseSnapshot,
];
