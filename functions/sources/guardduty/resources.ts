import { at, type Document, isObject, leaves, listAt, textAt } from '../../core/document.ts';
import type { Entity } from '../../core/entity.ts';
import { type Mention, mentionOfArn, type Place } from '../../core/mention.ts';
import { mentionsOfAccessKey } from './accessKey.ts';
import { mentionsOfContainers, mentionsOfEcsCluster, mentionsOfKubernetes } from './containers.ts';
import { mentionsOfDatabase, mentionsOfDatabaseUser, mentionsOfLimitlessDatabase } from './databases.ts';
import { mentionsOfInstance } from './instance.ts';

type Part = Entity['part'];
type Reader = (details: Document, part: Part, place: Place, resourceType: string) => Mention[];

const readers: Readonly<Record<string, Reader>> = {
  accessKeyDetails: mentionsOfAccessKey,
  instanceDetails: mentionsOfInstance,
  s3BucketDetails: mentionsOfBucket,
  rdsDbInstanceDetails: mentionsOfDatabase,
  rdsLimitlessDbDetails: mentionsOfLimitlessDatabase,
  rdsDbUserDetails: mentionsOfDatabaseUser,
  containerDetails: mentionsOfContainers,
  ecsClusterDetails: mentionsOfEcsCluster,
  kubernetesDetails: mentionsOfKubernetes,
  lambdaDetails: mentionsOfFunction,
};

/**
 * Everything that the resource section names. The group that `resourceType` speaks of is the target; credentials
 * beside another resource are how it was reached. A resource type that is not known here is read by its ARNs.
 */
export function mentionsOfResource(resource: Document, place: Place): Mention[] {
  const groups = Object.entries(resource).filter(([name]) => name !== 'resourceType');
  const resourceType = textAt(resource, 'resourceType') ?? '';
  const named = groups.some(([name]) => isNamedBy(resourceType, name));
  return groups.flatMap(([name, details]) => {
    const part = isNamedBy(resourceType, name) ? 'target' : partBeside(name, named);
    const reader = readers[name];
    return listAt(details).flatMap((one) =>
      reader ? reader(one, part, place, resourceType) : mentionsByArn(one, part),
    );
  });
}

function isNamedBy(resourceType: string, group: string): boolean {
  return group.replace(/Details$/, '').toLowerCase() === resourceType.toLowerCase();
}

function partBeside(group: string, targetIsNamed: boolean): Part {
  if (/accessKey|User/.test(group)) return targetIsNamed ? 'actor' : 'target';
  return targetIsNamed ? 'related' : 'target';
}

/**
 * A bucket with its objects. Where the finding is about an object, GuardDuty read and scanned it: the object is what the
 * finding asserts, whatever its key says. Elsewhere its key stands in what a caller asked for.
 */
function mentionsOfBucket(bucket: Document, part: Part, _place: Place, resourceType: string): Mention[] {
  const name = textAt(bucket, 'name') ?? textAt(bucket, 'arn')?.split(':').at(-1);
  if (!name) return [];
  const arn = textAt(bucket, 'arn');
  const scanned = resourceType === 'S3Object';
  const objects = listAt(bucket, 's3ObjectDetails').flatMap((object): Mention[] => {
    const key = textAt(object, 'key');
    if (!key) return [];
    const id = `${name}/${key}`;
    return [
      scanned
        ? { kind: 'object', id, part: 'target', trust: 'asserted' }
        : { kind: 'object', id, part: 'related', trust: 'claimed' },
    ];
  });
  return [{ kind: 'bucket', id: name, arn, part, trust: 'asserted' }, ...objects];
}

/** A function, the role that its executions have, and the groups of its network interfaces. */
function mentionsOfFunction(details: Document, part: Part): Mention[] {
  const found = mentionOfArn(textAt(details, 'functionArn') ?? '', part, 'asserted');
  const role = mentionOfArn(textAt(details, 'role') ?? '', 'related', 'asserted');
  return [
    ...(found ? [found] : mentionsByName(details, part)),
    ...(role ? [role] : []),
    ...listAt(details, 'vpcConfig', 'securityGroups').flatMap((group): Mention[] => {
      const id = textAt(group, 'groupId');
      return id ? [{ kind: 'security-group', id, part: 'related', trust: 'asserted' }] : [];
    }),
  ];
}

/** The fields that AWS names `arn` or `...Arn`; never a text that merely looks like one. */
function mentionsByArn(details: Document, part: Part): Mention[] {
  const found = leaves(details)
    .filter(({ path }) => !path.includes('tags') && path.some((key) => /^arn$|Arns?$/.test(key)))
    .flatMap(({ value, path }) => {
      const mention = mentionOfArn(String(value), path.at(-1) === 'arn' ? part : 'related', 'asserted');
      return mention ? [mention] : [];
    })
    .toArray();
  return found.length > 0 ? withTarget(found, part) : mentionsByName(details, part);
}

function withTarget(mentions: Mention[], part: Part): Mention[] {
  const [first, ...rest] = mentions;
  return first && mentions.every((one) => one.part !== part) ? [{ ...first, part }, ...rest] : mentions;
}

/** A resource without an ARN still has an identifier or a name. */
function mentionsByName(details: Document, part: Part): Mention[] {
  const id = Object.keys(details).find(
    (key) => /(^name|^id|Id|Name|Identifier)$/.test(key) && at(details, key),
  );
  const value = id && textAt(details, id);
  return isObject(details) && value ? [{ kind: 'other', id: value, part, trust: 'claimed' }] : [];
}
