import type { Cloud } from '../cloud.ts';
import { uuid } from '../ids.ts';
import type { AccountSeed } from './account-schema.ts';
import { targetGroupArn } from './apply-elasticloadbalancingv2.ts';

/** Adds the seeded groups to the account's region, and to their members the tag that AWS gives them. */
export function applyAutoScaling(cloud: Cloud, seed: AccountSeed): void {
  const region = cloud.region(seed.account, seed.region);
  for (const { name, instances, targetGroups, desiredCapacity, ...group } of seed.autoscaling.groups) {
    region.autoscaling ??= { groups: {} };
    region.autoscaling.groups[name] = {
      ...group,
      name,
      arn: `arn:aws:autoscaling:${seed.region}:${seed.account}:autoScalingGroup:${uuid(cloud)}:autoScalingGroupName/${name}`,
      desiredCapacity:
        desiredCapacity ?? instances.filter((one) => one.lifecycleState === 'InService').length,
      members: instances.map((one) => ({ ...one })),
      targetGroupArns: targetGroups.map((one) => targetGroupArn(seed, one)),
    };
    for (const { instanceId } of instances)
      region.ec2.tags[instanceId] = { ...region.ec2.tags[instanceId], 'aws:autoscaling:groupName': name };
  }
}
