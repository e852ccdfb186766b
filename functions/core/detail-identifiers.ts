import { keyOf, leaves } from './document.ts';
import type { EntityKind, Trust } from './entity.ts';
import type { Mention } from './mention.ts';

/** Identifiers that stand in a field made for them, and look as EC2 makes them. */
const identifiers: readonly (readonly [key: RegExp, shape: RegExp, kind: EntityKind])[] = [
  [/GroupIds?$|^groupId$/, /^sg-[0-9a-z]{8,17}$/, 'security-group'],
  [/InterfaceId$|^interfaceId$/, /^eni-[0-9a-z]{8,17}$/, 'network-interface'],
  [/InstanceId$|^instanceId$/, /^i-[0-9a-z]{8,17}$/, 'instance'],
  [/VolumeId$|^volumeId$/, /^vol-[0-9a-z]{8,17}$/, 'volume'],
  [/SnapshotId$|^snapshotId$/, /^snap-[0-9a-z]{8,17}$/, 'snapshot'],
  [/ImageId$|^imageId$/, /^ami-[0-9a-z]{8,17}$/, 'image'],
];

/** What the details of a resource name beside it, as related entities that hang on it. */
export function mentionsInDetails(details: unknown, parent: string, trust: Trust): Mention[] {
  return leaves(details)
    .flatMap((leaf): Mention[] => {
      const [key, value] = [keyOf(leaf), leaf.value];
      const found = identifiers.find(([name, shape]) => name.test(key) && shape.test(String(value)));
      return found ? [{ kind: found[2], id: String(value), part: 'related', trust, parent }] : [];
    })
    .toArray();
}
