import type { AutoScalingState } from './autoscaling/state.ts';
import { type BedrockState, emptyBedrockState } from './bedrock/state.ts';
import type { CloudFormationState } from './cloudformation/state.ts';
import type { CloudTrailRecord } from './cloudtrail/record.ts';
import { emptyTrailsState, type TrailsState } from './cloudtrail/state.ts';
import type { CloudWatchState } from './cloudwatch/state.ts';
import { type Ec2State, emptyEc2State } from './ec2/state.ts';
import type { EcsState } from './ecs/state.ts';
import type { EksState } from './eks/state.ts';
import type { LoadBalancingState } from './elasticloadbalancingv2/state.ts';
import type { IamState } from './iam/state.ts';
import type { AssignmentRequestState, IdentityCenterState } from './identitycenter/state.ts';
import { emptyKmsState, type KmsState } from './kms/state.ts';
import type { LambdaState } from './lambda/state.ts';
import type { OrganizationState } from './organizations/state.ts';
import { emptyRdsState, type RdsState } from './rds/state.ts';
import type { ResolverState } from './route53resolver/state.ts';
import type { S3State } from './s3/state.ts';
import { emptySecretsState, type SecretsState } from './secretsmanager/state.ts';
import type { SsmState } from './ssm/state.ts';
import type { WafState } from './wafv2/state.ts';

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
  /** Absent where it is the sandbox's own. */
  organizationId?: string | undefined;
  readonly iam: IamState;
  /** Absent in an account that never had a bucket. */
  s3?: S3State | undefined;
  /** Absent in an account that is in no organization. */
  organization?: OrganizationState | undefined;
  readonly regions: Record<string, RegionState>;
  /** CloudTrail's event history, oldest first. */
  events: CloudTrailRecord[];
}

export interface RegionState {
  readonly bedrock: BedrockState;
  readonly cloudtrail: TrailsState;
  readonly ec2: Ec2State;
  /** What came later is absent in an account that was saved before; each service makes its part on first use. */
  lambda?: LambdaState;
  ecs?: EcsState;
  eks?: EksState;
  autoscaling?: AutoScalingState;
  cloudformation?: CloudFormationState;
  cloudwatch?: CloudWatchState;
  elasticloadbalancingv2?: LoadBalancingState;
  identityCenter?: IdentityCenterState;
  wafv2?: WafState;
  route53resolver?: ResolverState;
  ssm?: SsmState;
  readonly kms: KmsState;
  readonly rds: RdsState;
  readonly secretsmanager: SecretsState;
}

export function emptyRegionState(): RegionState {
  return {
    bedrock: emptyBedrockState(),
    cloudtrail: emptyTrailsState(),
    ec2: emptyEc2State(),
    kms: emptyKmsState(),
    rds: emptyRdsState(),
    secretsmanager: emptySecretsState(),
  };
}

/**
 * Everything that the sandbox's AWS knows, as one JSON value: it is written to disk between commands and read
 * back. Dates are ISO 8601 texts.
 */
export interface CloudState {
  readonly accounts: Record<string, AccountState>;
  readonly sessions: Record<string, SessionState>;
  /** What Identity Center was asked to change, by the request's id. */
  assignmentRequests?: Record<string, AssignmentRequestState>;
  /** Counts generated ids, so that a restored state goes on without a collision. */
  sequence: number;
}

export function emptyCloudState(): CloudState {
  return { accounts: {}, sessions: {}, sequence: 0 };
}

/** A state that an earlier version saved, with what that did not know yet, empty. */
export function completed(state: CloudState): CloudState {
  for (const { regions } of Object.values(state.accounts))
    for (const [region, known] of Object.entries(regions)) {
      const all = { ...emptyRegionState(), ...known };
      regions[region] = { ...all, ec2: { ...emptyEc2State(), ...all.ec2 } };
    }
  return state;
}
