import type { Cloud } from '../cloud.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html, as far as it is met here. */
export type LifecycleState =
  | 'Pending'
  | 'InService'
  | 'EnteringStandby'
  | 'Standby'
  | 'Terminating'
  | 'Detaching';

export interface GroupMember {
  readonly instanceId: string;
  lifecycleState: LifecycleState;
}

export interface AutoScalingGroupState {
  readonly name: string;
  readonly arn: string;
  readonly minSize: number;
  readonly maxSize: number;
  desiredCapacity: number;
  members: GroupMember[];
  /** Whose targets the members are, on the group's own port, while they are in service. */
  readonly targetGroupArns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** One region's groups, by name. */
export interface AutoScalingState {
  readonly groups: Record<string, AutoScalingGroupState>;
}

/** An account that was saved before has none. */
export function groupsIn(cloud: Cloud, account: string, region: string): AutoScalingState['groups'] {
  return cloud.region(account, region).autoscaling?.groups ?? {};
}
