import type { Cloud } from '../cloud.ts';

/** What the last detection of drift said, and when: ISO 8601. */
export interface ResourceDriftState {
  readonly status: 'IN_SYNC' | 'MODIFIED' | 'DELETED' | 'UNSUPPORTED';
  readonly checkedAt: string;
}

export interface StackResourceState {
  readonly logicalId: string;
  readonly physicalId: string;
  /** `AWS::EC2::Instance` */
  readonly type: string;
  readonly status: string;
  /** Absent where drift was never looked for. */
  readonly drift?: ResourceDriftState | undefined;
}

export interface StackState {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly createdAt: string;
  readonly resources: readonly StackResourceState[];
}

/** One region's stacks, by name. */
export interface CloudFormationState {
  readonly stacks: Record<string, StackState>;
}

/** An account that was saved before has none. */
export function stacksIn(cloud: Cloud, account: string, region: string): CloudFormationState['stacks'] {
  return cloud.region(account, region).cloudformation?.stacks ?? {};
}
