import type { Statement } from '../../authorize/policy.ts';
import type { Cloud } from '../cloud.ts';

/** A function's own address on the internet. `functionUrl` holds an id that a URL made anew does not get again. */
export interface FunctionUrlState {
  readonly functionUrl: string;
  authType: 'NONE' | 'AWS_IAM';
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly creationTime: string;
}

/** What hangs on the unpublished version of a function, or on an alias of it: each has its own URL and policy. */
export interface QualifierState {
  readonly url?: FunctionUrlState | undefined;
  /** By statement id. Lambda promises no order. */
  readonly policy: Record<string, Statement>;
}

export interface EventSourceState {
  readonly uuid: string;
  readonly eventSourceArn: string;
  readonly state: 'Enabled' | 'Disabled';
}

export interface FunctionState extends QualifierState {
  readonly functionName: string;
  /** Undefined where the function takes what is left of the account's concurrency. */
  reservedConcurrency?: number | undefined;
  /** Of all versions and aliases together. */
  readonly provisionedConcurrency: number;
  readonly aliases: Record<string, QualifierState>;
  readonly eventSources: readonly EventSourceState[];
  readonly tags: Record<string, string>;
}

/** One region's functions, by name. Their code and their environment are nobody's business here. */
export interface LambdaState {
  readonly functions: Record<string, FunctionState>;
}

/** Made on first use: an account that was saved before it had functions still loads. */
export function lambdaState(cloud: Cloud, account: string, region: string): LambdaState {
  const state = cloud.region(account, region);
  state.lambda ??= { functions: {} };
  return state.lambda;
}
