// Written by scripts/generate.ts from the actions and tools. Do not edit.
import type { Action } from '../core/account.ts';
import type { FamilyOfAction } from '../core/family.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { isolateInstance } from './isolate-instance/action.ts';
import { quarantineUser } from './quarantine-user/action.ts';
import { removeConsoleLogin } from './remove-console-login.ts';
import { requireImdsv2 } from './require-imdsv2.ts';
import { revokeIngressRule } from './revoke-ingress-rule/action.ts';
import { revokeSessions } from './revoke-sessions/action.ts';
import { snapshotVolumes } from './snapshot-volumes/action.ts';
import { stopInstance } from './stop-instance/action.ts';

/** For those who only need to know which function carries an action out. */
export const familyOfAction: FamilyOfAction = new Map([
  ['deactivate-access-key', 'identity'],
  ['isolate-instance', 'network'],
  ['quarantine-user', 'policy'],
  ['remove-console-login', 'identity'],
  ['require-imdsv2', 'compute'],
  ['revoke-ingress-rule', 'network'],
  ['revoke-sessions', 'policy'],
  ['snapshot-volumes', 'compute'],
  ['stop-instance', 'compute'],
]);

export const computeActions: readonly Action[] = [requireImdsv2, snapshotVolumes, stopInstance];
export const dataActions: readonly Action[] = [];
export const identityActions: readonly Action[] = [deactivateAccessKey, removeConsoleLogin];
export const networkActions: readonly Action[] = [isolateInstance, revokeIngressRule];
export const policyActions: readonly Action[] = [quarantineUser, revokeSessions];
