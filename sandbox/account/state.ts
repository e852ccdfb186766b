import type { CloudTrailRecord } from './cloudtrail/record.ts';
import type { Ec2State } from './ec2/state.ts';
import type { EcsState } from './ecs/state.ts';
import type { EksState } from './eks/state.ts';
import type { IamState } from './iam/state.ts';
import type { LambdaState } from './lambda/state.ts';
import type { S3State } from './s3/state.ts';

/** Temporary credentials that STS or the sandbox issued. Policies are kept as text, as IAM keeps them. */
export interface SessionState {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly sourceIdentity?: string;
  readonly sessionPolicies: readonly string[];
  /** ISO 8601; `aws:TokenIssueTime` in conditions. */
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** One AWS account. IAM and the names of S3 are global; everything else hangs below a region. */
export interface AccountState {
  readonly account: string;
  readonly iam: IamState;
  /** Absent in an account that never had a bucket, or that was saved before there was S3 here. */
  s3?: S3State | undefined;
  readonly regions: Record<string, RegionState>;
  /** CloudTrail's event history, oldest first. */
  events: CloudTrailRecord[];
}

export interface RegionState {
  readonly ec2: Ec2State;
  /** What came later is absent in an account that was saved before; each service makes its part on first use. */
  lambda?: LambdaState;
  ecs?: EcsState;
  eks?: EksState;
}

/**
 * Everything that the sandbox's AWS knows, as one JSON value: it is written to disk between commands and read
 * back. Dates are ISO 8601 texts.
 */
export interface CloudState {
  readonly accounts: Record<string, AccountState>;
  readonly sessions: Record<string, SessionState>;
  /** Counts generated ids, so that a restored state goes on without a collision. */
  sequence: number;
}

export function emptyCloudState(): CloudState {
  return { accounts: {}, sessions: {}, sequence: 0 };
}
