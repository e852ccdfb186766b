// Written by scripts/generate.ts from the files beside it. Do not edit.
import type { Action } from '../core/account.ts';
import { blockAccountPublicAccess } from './block-account-public-access/action.ts';
import { blockBucketPublicAccess } from './block-bucket-public-access/action.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { isolateInstance } from './isolate-instance/action.ts';
import { protectBucketVersions } from './protect-bucket-versions/action.ts';
import { quarantineObject } from './quarantine-object/action.ts';
import { quarantineUser } from './quarantine-user/action.ts';
import { removeConsoleLogin } from './remove-console-login.ts';
import { requireImdsv2 } from './require-imdsv2.ts';
import { restrictBucket } from './restrict-bucket/action.ts';
import { revokeIngressRule } from './revoke-ingress-rule/action.ts';
import { revokeSessions } from './revoke-sessions/action.ts';
import { snapshotVolumes } from './snapshot-volumes/action.ts';
import { stopInstance } from './stop-instance/action.ts';

/** Every action that is built in, by id. */
export const actions: readonly Action[] = [
  blockAccountPublicAccess,
  blockBucketPublicAccess,
  deactivateAccessKey,
  isolateInstance,
  protectBucketVersions,
  quarantineObject,
  quarantineUser,
  removeConsoleLogin,
  requireImdsv2,
  restrictBucket,
  revokeIngressRule,
  revokeSessions,
  snapshotVolumes,
  stopInstance,
];
