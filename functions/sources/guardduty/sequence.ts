import { at, type Document, listAt, textAt } from '../../core/document.ts';
import type { Entity, EntityKind } from '../../core/entity.ts';
import { type Mention, mentionOfArn, type Place } from '../../core/mention.ts';
import { mentionsOfCredentials } from './accessKey.ts';
import type { GuardDutyDocument } from './document.ts';

/** `resourceType` of https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ResourceV2.html where no ARN says it. */
const kinds: Readonly<Record<string, EntityKind>> = {
  ACCESS_KEY: 'access-key',
  CONTAINER: 'container',
  EC2_IMAGE: 'image',
  EC2_INSTANCE: 'instance',
  EC2_NETWORK_INTERFACE: 'network-interface',
  ECS_CLUSTER: 'cluster',
  ECS_TASK: 'container',
  EKS_CLUSTER: 'cluster',
  KUBERNETES_WORKLOAD: 'container',
  S3_BUCKET: 'bucket',
  S3_OBJECT: 'object',
};

/** Names that whoever may write to a cluster or a bucket has chosen. */
const freelyNamed: ReadonlySet<string> = new Set(['CONTAINER', 'KUBERNETES_WORKLOAD', 'S3_OBJECT']);

/** What an attack used and did not aim at: it surrounds the targets. */
const surroundings: ReadonlySet<string> = new Set([
  'AUTOSCALING_AUTO_SCALING_GROUP',
  'CLOUDFORMATION_STACK',
  'EC2_IMAGE',
  'EC2_LAUNCH_TEMPLATE',
  'EC2_NETWORK_INTERFACE',
  'EC2_VPC',
  'IAM_INSTANCE_PROFILE',
]);

/** The sequence of signals of an `AttackSequence` finding: API_Sequence.html of the same reference. */
function sequenceOf(service: unknown): unknown {
  return at(service, 'detection', 'sequence');
}

/** The actors and resources of an attack sequence. */
export function mentionsOfSequence(service: unknown, place: Place): Mention[] {
  const sequence = sequenceOf(service);
  return [
    ...listAt(sequence, 'resources').flatMap((resource) => mentionsOfResource(resource, place)),
    ...listAt(sequence, 'actors').flatMap((actor) => mentionsOfActor(actor, place)),
  ];
}

function mentionsOfResource(resource: Document, place: Place): Mention[] {
  const type = textAt(resource, 'resourceType') ?? '';
  const uid = textAt(resource, 'uid') ?? textAt(resource, 'name');
  const part = surroundings.has(type) ? 'related' : 'target';
  if (!uid) return [];
  if (kinds[type] === 'access-key') return mentionsOfKey(resource, uid, part, place);
  const trust = freelyNamed.has(type) ? 'claimed' : 'asserted';
  const named = mentionOfArn(uid, part, trust);
  const groups = listAt(resource, 'data', 'ec2NetworkInterface', 'securityGroups');
  return [
    named ?? { kind: kinds[type] ?? 'other', id: uid, part, trust: kinds[type] ? trust : 'claimed' },
    ...groups.flatMap((group): Mention[] => {
      const id = textAt(group, 'groupId');
      return id ? [{ kind: 'security-group', id, part: 'related', trust: 'asserted' }] : [];
    }),
  ];
}

function mentionsOfKey(resource: Document, uid: string, part: Entity['part'], place: Place): Mention[] {
  const details = at(resource, 'data', 'accessKey');
  const [userType, userName] = [textAt(details, 'userType'), textAt(details, 'userName')];
  return mentionsOfCredentials({ userType, userName, accessKeyId: uid }, part, place);
}

function mentionsOfActor(actor: unknown, place: Place): Mention[] {
  const user = at(actor, 'user');
  const [userType, userName] = [textAt(user, 'type'), textAt(user, 'name')];
  return mentionsOfCredentials(
    { userType, userName, accessKeyId: textAt(user, 'credentialUid') },
    'actor',
    place,
  );
}

/** How large a sequence is, how long it took, and which indicators GuardDuty saw in it, as `MALICIOUS_IP/TOR_IP`. */
export function factsOfSequence(service: unknown): Record<string, unknown> {
  const sequence = sequenceOf(service);
  const signals = listAt(sequence, 'signals');
  if (signals.length === 0) return {};
  return {
    signalCount: signals.length,
    actorCount: listAt(sequence, 'actors').length,
    endpointCount: listAt(sequence, 'endpoints').length,
    firstSignal: signals.flatMap((one) => textAt(one, 'firstSeenAt') ?? []).sort()[0],
    lastSignal: signals
      .flatMap((one) => textAt(one, 'lastSeenAt') ?? [])
      .sort()
      .at(-1),
    indicators: indicatorsOf(sequence),
  };
}

/** Words of a closed set, in alphabetical order, as many whole ones as a fact holds. */
function indicatorsOf(sequence: unknown): string | undefined {
  const keys = ['sequenceIndicators', 'signals'].flatMap((list) =>
    listAt(sequence, list).flatMap((one) => [one, ...listAt(one, 'signalIndicators')]),
  );
  const words = new Set(
    keys.flatMap((one) => textAt(one, 'key') ?? []).filter((key) => /^[A-Z_]+$/.test(key)),
  );
  const [first, ...rest] = [...words].sort();
  return rest.reduce((text, word) => (`${text}/${word}`.length <= 128 ? `${text}/${word}` : text), first);
}

/** The findings among a sequence's signals; and of such a finding, the sequence that it was made part of. */
export function relatedFindings(document: GuardDutyDocument): string[] {
  const signals = listAt(sequenceOf(document.service), 'signals').filter(({ type }) => type === 'FINDING');
  const uids = [...signals.map((one) => textAt(one, 'uid')), textAt(document, 'associatedAttackSequenceArn')];
  return [...new Set(uids.flatMap((uid) => (uid ? findingId(uid) : [])))].slice(0, 100);
}

/** `…:detector/<detector>/finding/<id>` as the id alone, by which GuardDuty's own events name a finding. */
function findingId(uid: string): string[] {
  const id = uid.split('/').at(-1) ?? '';
  return id !== '' && id.length <= 2048 ? [id] : [];
}
