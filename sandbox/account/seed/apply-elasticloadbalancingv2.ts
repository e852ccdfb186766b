import { createHash } from 'node:crypto';
import type { Cloud } from '../cloud.ts';
import type { AccountSeed } from './account-schema.ts';

/** A target group's ARN ends in 16 hexadecimal digits, which are the same for the same name here. */
export function targetGroupArn({ account, region }: AccountSeed, name: string): string {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/${id}`;
}

/** Adds the seeded target groups to the account's region. */
export function applyLoadBalancing(cloud: Cloud, seed: AccountSeed): void {
  const region = cloud.region(seed.account, seed.region);
  for (const group of seed.elasticloadbalancingv2.targetGroups) {
    region.elasticloadbalancingv2 ??= { targetGroups: {} };
    const arn = targetGroupArn(seed, group.name);
    const targets = group.targets.map((target) => ({ ...target, port: target.port ?? group.port }));
    targets.sort((left, right) => left.id.localeCompare(right.id) || left.port - right.port);
    region.elasticloadbalancingv2.targetGroups[arn] = { ...group, arn, targets };
  }
}
