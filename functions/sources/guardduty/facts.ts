import { at, type Document, factsFrom, leaves, listAt, textAt } from '../../core/document.ts';
import type { FindingFacts } from '../../core/finding.ts';
import { factsOfType } from '../../core/type-facts.ts';
import { additionalInfo, type GuardDutyDocument } from './document.ts';
import { remoteAddresses } from './remotes.ts';
import { factsOfSequence } from './sequence.ts';

/** Leaves of `service.action.<one>Action` that rules reason over, by their GuardDuty path. */
const ofAction: Readonly<Record<string, readonly string[]>> = {
  api: ['api'],
  apiService: ['serviceName'],
  callerType: ['callerType'],
  errorCode: ['errorCode'],
  connectionDirection: ['connectionDirection'],
  protocol: ['protocol'],
  blocked: ['blocked'],
  localPort: ['localPortDetails', 'port'],
  remotePort: ['remotePortDetails', 'port'],
  remoteCountry: ['remoteIpDetails', 'country', 'countryCode'],
  remoteAccount: ['remoteAccountDetails', 'accountId'],
  remoteAccountAffiliated: ['remoteAccountDetails', 'affiliated'],
  remoteService: ['remoteAccountDetails', 'awsServiceName'],
  remoteAsn: ['remoteIpDetails', 'organization', 'asn'],
  verb: ['verb'],
  statusCode: ['statusCode'],
};

/** What GuardDuty measured: numbers, booleans and words of closed sets. Names and texts of any kind stay out. */
export function factsOf(document: GuardDutyDocument): FindingFacts {
  const { service, resource } = document;
  const action = actionOf(service);
  const [bucket] = listAt(resource, 's3BucketDetails');
  return factsFrom({
    ...factsOfType(document.type),
    severityScore: document.severity,
    resourceType: resource.resourceType,
    count: at(service, 'count'),
    archived: isArchived(service),
    resourceRole: at(service, 'resourceRole'),
    feature: at(service, 'featureName'),
    actionType: at(service, 'action', 'actionType'),
    userType: at(resource, 'accessKeyDetails', 'userType'),
    accessKey: at(resource, 'accessKeyDetails', 'accessKeyId') ?? credentialOfSequence(service),
    instanceState: at(resource, 'instanceDetails', 'instanceState'),
    publicAccess: at(bucket, 'publicAccess', 'effectivePermission'),
    objectVersion: at(listAt(bucket, 's3ObjectDetails')[0], 'versionId'),
    threats: threats(service),
    threatList: threatList(service),
    remoteAddress: remoteAddresses(service)[0],
    firstSeen: at(service, 'eventFirstSeen'),
    lastSeen: at(service, 'eventLastSeen'),
    failedLogins: logins(action, 'failedLoginAttempts'),
    successfulLogins: logins(action, 'successfulLoginAttempts'),
    guardrailAction: at(resource, 'bedrockGuardrailDetails', 'guardrailAction'),
    guardrailSource: at(resource, 'bedrockGuardrailDetails', 'guardrailSource'),
    toolCategory: at(service, 'runtimeDetails', 'context', 'toolCategory'),
    ...factsOfSequence(service),
    probedPorts: listAt(action, 'portProbeDetails').length || undefined,
    probedPort: at(listAt(action, 'portProbeDetails')[0], 'localPortDetails', 'port'),
    ...Object.fromEntries(Object.entries(ofAction).map(([name, path]) => [name, at(action, ...path)])),
  });
}

/** Attempts to log in to a database, of all who tried. */
function logins(action: Document, counter: string): number | undefined {
  const counts = listAt(action, 'loginAttributes').map((one) => one[counter]);
  const known = counts.filter((count) => typeof count === 'number');
  return known.length > 0 ? known.reduce((sum, count) => sum + count, 0) : undefined;
}

/** The one object beside `actionType`, whatever it is called. */
function actionOf(service: unknown): Document {
  return Object.values((at(service, 'action') ?? {}) as Document).flatMap((value) => listAt(value))[0] ?? {};
}

function threatList(service: unknown): string | undefined {
  return (
    textAt(listAt(service, 'evidence', 'threatIntelligenceDetails')[0], 'threatListName') ??
    textAt(additionalInfo(service), 'threatListName')
  );
}

/** The credential of a sequence's one actor. Where there are several, which of them is meant is not said. */
function credentialOfSequence(service: unknown): string | undefined {
  const actors = listAt(service, 'detection', 'sequence', 'actors');
  return actors.length === 1 ? textAt(actors[0], 'user', 'credentialUid') : undefined;
}

/** How many threats a scan of an object, or of a workload's volumes, has names for. */
function threats(service: unknown): unknown {
  const ofVolumes = at(service, 'ebsVolumeScanDetails', 'scanDetections', 'threatDetectedByName');
  return listAt(service, 'malwareScanDetails', 'threats').length || at(ofVolumes, 'uniqueThreatNameCount');
}

/** The SDK for Java writes this boolean as text. */
export function isArchived(service: unknown): boolean {
  const archived = at(service, 'archived');
  return archived === true || archived === 'true';
}

/** Whether GuardDuty's sample generator made it: such findings are answered and never acted on. */
export function isSample(document: GuardDutyDocument): boolean {
  const flag = at(additionalInfo(document.service), 'sample');
  if (flag === true || flag === 'true') return true;
  return leaves(document.resource).some((leaf) => String(leaf.value).startsWith('GeneratedFinding'));
}
