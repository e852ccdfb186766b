import type { CommandInvocationStatus } from '@aws-sdk/client-ssm';
import type { Cloud } from '../cloud.ts';

/** A document of type Command in its one version. */
export interface DocumentState {
  readonly name: string;
  /** JSON. */
  content: string;
}

export interface ManagedInstanceState {
  readonly instanceId: string;
  pingStatus: 'Online' | 'ConnectionLost' | 'Inactive';
  readonly platformType: 'Linux' | 'Windows' | 'MacOS';
  /** What every command on it comes to. */
  commandStatus: CommandInvocationStatus;
}

export interface InvocationState {
  readonly commandId: string;
  readonly instanceId: string;
  readonly documentName: string;
  readonly comment: string;
  readonly requestedAt: string;
  status: CommandInvocationStatus;
}

/** What Systems Manager has in one region. */
export interface SsmState {
  readonly documents: Record<string, DocumentState>;
  readonly instances: Record<string, ManagedInstanceState>;
  /** Newest first. */
  invocations: readonly InvocationState[];
}

/** Made on first use: an account that was saved before it had any still loads. */
export function ssmState(cloud: Cloud, account: string, region: string): SsmState {
  const state = cloud.region(account, region);
  state.ssm ??= { documents: {}, instances: {}, invocations: [] };
  return state.ssm;
}
