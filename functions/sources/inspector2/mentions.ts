import { parseArn } from '../../core/arn.ts';
import { at, listAt, textAt } from '../../core/document.ts';
import type { EntityKind } from '../../core/entity.ts';
import { keyAt, type Mention, mentionOfArn, type Place } from '../../core/mention.ts';
import type { InspectorDocument, InspectorResource } from './document.ts';

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_Resource.html: the types whose id is no ARN. */
const kinds: Readonly<Record<string, EntityKind>> = {
  AWS_EC2_INSTANCE: 'instance',
  AWS_ECR_CONTAINER_IMAGE: 'image',
  AWS_ECR_REPOSITORY: 'image',
  AWS_LAMBDA_FUNCTION: 'function',
};

/** What is vulnerable, what hangs on it, and the way on which it is reached from outside. */
export function mentionsOf(document: InspectorDocument, place: Place): Mention[] {
  return [
    ...document.resources.flatMap((resource) => mentionsOfResource(resource, place)),
    ...mentionsOfPath(document.networkReachabilityDetails),
  ];
}

function mentionsOfResource(resource: InspectorResource, place: Place): Mention[] {
  const named = mentionOfArn(resource.id, 'target', 'asserted');
  const main: Mention = named ?? {
    kind: kinds[resource.type] ?? 'other',
    id: resource.id,
    part: 'target',
    trust: 'asserted',
    region: resource.region ?? undefined,
  };
  const parent = keyAt(place, main.kind, main.id);
  return [
    main,
    ...mentionsOfInstance(at(resource.details, 'awsEc2Instance'), parent),
    ...mentionsOfFunction(at(resource.details, 'awsLambdaFunction'), parent),
  ];
}

/** A profile's name is not always its role's: good for a question, not for a change. */
function mentionsOfInstance(details: unknown, parent: string): Mention[] {
  const role = parseArn(textAt(details, 'iamInstanceProfileArn') ?? '')
    ?.resource.split('/')
    .slice(1)
    .at(-1);
  const image = textAt(details, 'imageId');
  return [
    ...(role
      ? [{ kind: 'role', id: role, part: 'related', trust: 'claimed', parent } satisfies Mention]
      : []),
    ...(image ? [{ kind: 'image', id: image, part: 'related', trust: 'asserted' } satisfies Mention] : []),
  ];
}

function mentionsOfFunction(details: unknown, parent: string): Mention[] {
  const role = mentionOfArn(textAt(details, 'executionRoleArn') ?? '', 'related', 'asserted');
  const groups = [at(details, 'vpcConfig', 'securityGroupIds')].flat().filter((id) => typeof id === 'string');
  return [
    ...(role ? [role] : []),
    ...groups.map(
      (id): Mention => ({ kind: 'security-group', id, part: 'related', trust: 'asserted', parent }),
    ),
  ];
}

const componentKinds: Readonly<Record<string, EntityKind>> = {
  'AWS::EC2::SecurityGroup': 'security-group',
  'AWS::EC2::NetworkInterface': 'network-interface',
};

/** The steps from the gateway to the instance that are things of ours: its interface and its groups. */
function mentionsOfPath(details: unknown): Mention[] {
  return listAt(details, 'networkPath', 'steps').flatMap((step): Mention[] => {
    const kind = componentKinds[textAt(step, 'componentType') ?? ''];
    const id = textAt(step, 'componentId');
    return kind && id ? [{ kind, id, part: 'related', trust: 'asserted' }] : [];
  });
}
