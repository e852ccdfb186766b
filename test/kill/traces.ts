import type { Victim } from '../e2e/victims.ts';
import type { World } from './world.ts';

/** What an account holds of a victim, as text, without what differs between any two victims: ids and times. */
export function traces(world: World, victim: Victim): string {
  return neutral(victim.story === 'c2-instance' ? instanceOf(world, victim) : userOf(world, victim), victim);
}

function userOf({ cloud }: World, { user }: Victim): unknown {
  const { userId: _id, ...rest } = cloud.accounts.account(cloud.account).iam.users[user] ?? { userId: '' };
  return rest;
}

/** The instance, its interfaces and volumes, every group of its network, and the snapshots of its volumes. */
function instanceOf({ cloud }: World, { instance: instanceId }: Victim): unknown {
  const { ec2 } = cloud.accounts.region(cloud.account, cloud.region);
  const instance = ec2.instances[instanceId];
  const volumes = instance?.blockDevices.map(({ volumeId }) => volumeId) ?? [];
  const interfaces = Object.values(ec2.networkInterfaces).filter(
    ({ attachment }) => attachment?.instanceId === instanceId,
  );
  const vpc = interfaces[0]?.vpcId;
  const groups = Object.values(ec2.securityGroups).filter(({ vpcId }) => vpcId === vpc);
  const snapshots = Object.values(ec2.snapshots).filter(({ volumeId }) => volumes.includes(volumeId));
  const ids = [
    instanceId,
    ...volumes,
    ...interfaces.map((one) => one.networkInterfaceId),
    ...groups.map((one) => one.groupId),
    ...snapshots.map((one) => one.snapshotId),
  ];
  const tags = Object.fromEntries(ids.map((id) => [id, ec2.tags[id] ?? {}]));
  return { instance, interfaces, groups, snapshots, tags };
}

const generated = [
  /\bSallyportRevokeSessions-[\w-]+/g,
  /\bsallyport-isolation-(?:open|closed)-[0-9a-f]+/g,
  /\b[a-z]+-(?:attach-)?[0-9a-f]{17}\b/g,
  /\bINC-[0-9A-Z]{16}\b/g,
  /\b[0-9a-f]{64}\b/g,
  /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g,
];

/** The same thing gets the same name throughout: what is bound to what can still be told. */
function neutral(value: unknown, { user, accessKey }: Victim): string {
  const text = JSON.stringify(value, null, 1)
    .replaceAll(user, '(user)')
    .replaceAll(accessKey, '(key)')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '(time)');
  return generated.reduce((rest, pattern, kind) => {
    const names = new Map<string, string>();
    return rest.replaceAll(pattern, (found) => {
      const name = names.get(found) ?? `(${kind}.${names.size + 1})`;
      names.set(found, name);
      return name;
    });
  }, text);
}
