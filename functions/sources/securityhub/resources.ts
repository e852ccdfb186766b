import { parseArn } from '../../core/arn.ts';
import { at, leaves, textAt } from '../../core/document.ts';
import type { EntityKind, Trust } from '../../core/entity.ts';
import { keyAt, type Mention, mentionOfArn, type Place } from '../../core/mention.ts';
import type { AsffResource } from './document.ts';

/** ASFF resource types whose identifiers are not always ARNs. */
const kinds: Readonly<Record<string, EntityKind>> = {
  AwsAccount: 'account',
  AwsCloudTrailTrail: 'trail',
  AwsDynamoDbTable: 'database',
  AwsEc2Instance: 'instance',
  AwsEc2NetworkInterface: 'network-interface',
  AwsEc2SecurityGroup: 'security-group',
  AwsEc2Volume: 'volume',
  AwsEksCluster: 'cluster',
  AwsEcsCluster: 'cluster',
  AwsIamAccessKey: 'access-key',
  AwsIamRole: 'role',
  AwsIamUser: 'user',
  AwsKmsKey: 'key',
  AwsLambdaFunction: 'function',
  AwsRdsDbInstance: 'database',
  AwsS3Bucket: 'bucket',
  AwsSecretsManagerSecret: 'secret',
  Container: 'container',
};

/** One entry of `Resources`. An ARN says what it names; the type is asked only where there is none. */
export function mentionsOfResource(resource: AsffResource, place: Place, trust: Trust): Mention[] {
  const details = at(resource, 'details', resource.type.charAt(0).toLowerCase() + resource.type.slice(1));
  const region = resource.region ?? undefined;
  const named = mentionOfArn(resource.id, 'target', trust);
  const main: Mention = named
    ? { ...named, region: named.region ?? region }
    : { ...plainIdentity(resource), part: 'target', trust, region };
  if (main.kind === 'access-key') return mentionsOfAccessKey(main, details, place, trust);
  const hung = main.kind === 'instance' ? mentionsOfInstance(main, details, place) : [];
  return [main, ...hung, ...mentionsByKey(details, keyAt(place, main.kind, main.id), trust)];
}

/** `AWS::IAM::AccessKey:AKIA…`, `AWS::::Account:1234…` or the service's own identifier. */
function plainIdentity({ id, type }: AsffResource): { kind: EntityKind; id: string } {
  const short = /^AWS::[\w:]*:([^:]+)$/.exec(id)?.[1] ?? id;
  const kind = kinds[type] ?? 'other';
  return { kind: kind === 'account' && !/^\d{12}$/.test(short) ? 'other' : kind, id: short };
}

function mentionsOfAccessKey(key: Mention, details: unknown, place: Place, trust: Trust): Mention[] {
  const name = textAt(details, 'principalName') ?? textAt(details, 'userName');
  const type = textAt(details, 'principalType') ?? 'User';
  const kind: EntityKind = /role/i.test(type) ? 'role' : /root/i.test(type) ? 'root' : 'user';
  if (!name) return [key];
  const id = kind === 'root' ? 'root' : name;
  return [
    { ...key, parent: keyAt(place, kind, id) },
    { kind, id, part: 'target', trust },
  ];
}

function mentionsOfInstance(instance: Mention, details: unknown, place: Place): Mention[] {
  const profile = parseArn(textAt(details, 'iamInstanceProfileArn') ?? '');
  const role = profile?.resource.split('/').slice(1).at(-1);
  const parent = keyAt(place, 'instance', instance.id);
  // A profile's name is not always its role's: good for a question, not for a change.
  return role ? [{ kind: 'role', id: role, part: 'related', trust: 'claimed', parent }] : [];
}

/** Identifiers that stand in a field made for them, and look as EC2 makes them. */
const identifiers: readonly (readonly [key: RegExp, shape: RegExp, kind: EntityKind])[] = [
  [/GroupIds?$|^groupId$/, /^sg-[0-9a-z]{8,17}$/, 'security-group'],
  [/InterfaceId$/, /^eni-[0-9a-z]{8,17}$/, 'network-interface'],
  [/InstanceId$|^instanceId$/, /^i-[0-9a-z]{8,17}$/, 'instance'],
  [/VolumeId$|^volumeId$/, /^vol-[0-9a-z]{8,17}$/, 'volume'],
];

function mentionsByKey(details: unknown, parent: string, trust: Trust): Mention[] {
  return leaves(details)
    .flatMap(({ path, value }): Mention[] => {
      const key = path.findLast((part) => !/^\d+$/.test(part)) ?? '';
      const found = identifiers.find(([name, shape]) => name.test(key) && shape.test(String(value)));
      return found ? [{ kind: found[2], id: String(value), part: 'related', trust, parent }] : [];
    })
    .toArray();
}
