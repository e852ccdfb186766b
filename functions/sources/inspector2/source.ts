import { at, camelKeys, clip, type Document, listAt, taintedTexts, textAt } from '../../core/document.ts';
import { comparable } from '../../core/facts.ts';
import { Finding, type Severity } from '../../core/finding.ts';
import { accountOf, entitiesOf, type Place } from '../../core/mention.ts';
import {
  bareEvent,
  type EventEnvelope,
  type EventPattern,
  matchesPattern,
  parseOrReject,
  type Source,
} from '../../core/source.ts';
import { completed, InspectorDocument, isWrittenByInspector } from './document.ts';
import { mentionsOf } from './mentions.ts';

const found: EventPattern = { source: ['aws.inspector2'], detailType: ['Inspector2 Finding'] };
const eventPatterns: readonly EventPattern[] = [found];

/** Amazon Inspector: vulnerable packages and code, and ports that the internet reaches. */
export const inspector2: Source = {
  id: 'inspector2',
  title: 'Amazon Inspector',
  eventPatterns,
  types: [
    'Inspector:PackageVulnerability/*',
    'Inspector:CodeVulnerability/*',
    'Inspector:NetworkReachability/*',
  ],
  attackerWritable: [
    {
      field: 'packageVulnerabilityDetails.vulnerablePackages[].name',
      why: 'Whoever installs a package names it.',
    },
    {
      field: 'packageVulnerabilityDetails.vulnerablePackages[].filePath',
      why: 'Whoever installs a package chooses where.',
    },
    { field: 'codeVulnerabilityDetails.filePath.fileName', why: 'Whoever wrote the code named its files.' },
    { field: 'title', why: 'It names the packages.' },
    {
      field: 'resources[].details.awsEcrContainerImage.imageTags[]',
      why: 'Whoever pushes an image tags it.',
    },
    { field: 'resources[].tags.*', why: 'Whoever may tag the resource writes them.' },
  ],
  accepts: (event) => matchesPattern(event, eventPatterns),
  parse: (event) => [findingOf(event)],
  recognises,
  envelop,
};

function findingOf(event: EventEnvelope): Finding {
  const detail = camelKeys(event.detail) as Document;
  const subject = `Inspector finding ${textAt(detail, 'findingArn') ?? '(without findingArn)'}`;
  const document = parseOrReject(InspectorDocument, completed(detail), subject);
  const place = placeOf(document, event);
  const finding: Finding = {
    class_uid: 2002,
    finding_info: {
      uid: document.findingArn,
      title: clip(document.title ?? document.type, 1024),
      desc: clip(document.description ?? '', 4096),
      type: typeOf(document),
      created_time: document.firstObservedAt,
      modified_time: document.updatedAt,
    },
    metadata: { source: 'inspector2', product: 'Inspector', aws_owned: true },
    cloud: { account: place.account, region: place.region },
    severity: severities[document.severity],
    status: statuses[document.status],
    sample: false,
    entities: entitiesOf(place, mentionsOf(document, place)),
    facts: factsOf(document),
    tainted: taintedTexts(document, isWrittenByInspector),
  };
  return parseOrReject(Finding, finding, subject);
}

/** What nobody has rated yet may be anything, and is not looked away from. */
const severities: Readonly<Record<InspectorDocument['severity'], Severity>> = {
  CRITICAL: 'Critical',
  HIGH: 'High',
  MEDIUM: 'Medium',
  LOW: 'Low',
  INFORMATIONAL: 'Informational',
  UNTRIAGED: 'Low',
};

const statuses: Readonly<Record<InspectorDocument['status'], Finding['status']>> = {
  ACTIVE: 'New',
  SUPPRESSED: 'Suppressed',
  CLOSED: 'Resolved',
};

function placeOf(
  { findingArn, awsAccountId, resources: [resource] }: InspectorDocument,
  event: EventEnvelope,
): Place {
  const [, partition, , region] = findingArn.split(':');
  return {
    partition: partition || 'aws',
    account: accountOf(awsAccountId),
    region: region || resource?.region || event.region || 'us-east-1',
  };
}

/** `PACKAGE_VULNERABILITY` of an `AWS_EC2_INSTANCE` is `Inspector:PackageVulnerability/AwsEc2Instance`. */
function typeOf({ type, resources: [resource] }: InspectorDocument): string {
  return clip(`Inspector:${inWords(type)}/${inWords(resource?.type ?? '')}`, 512);
}

function inWords(constant: string): string {
  return constant
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function factsOf(document: InspectorDocument): Finding['facts'] {
  const { packageVulnerabilityDetails: packages, networkReachabilityDetails: network } = document;
  return comparable({
    severityScore: at(document, 'inspectorScore'),
    status: document.status,
    resourceType: document.resources[0]?.type,
    cve: at(packages, 'vulnerabilityId'),
    vendorSeverity: at(packages, 'vendorSeverity'),
    packages: listAt(packages, 'vulnerablePackages').length || undefined,
    epss: at(document, 'epss', 'score'),
    exploitAvailable: at(document, 'exploitAvailable'),
    fixAvailable: at(document, 'fixAvailable'),
    weakness: [at(document, 'codeVulnerabilityDetails', 'cwes')].flat()[0],
    protocol: at(network, 'protocol'),
    portFrom: at(network, 'openPortRange', 'begin'),
    portTo: at(network, 'openPortRange', 'end'),
  });
}

function recognises(document: Document): boolean {
  const detail = camelKeys(document) as Document;
  return 'findingArn' in detail && 'awsAccountId' in detail;
}

function envelop(document: Document, id: string): EventEnvelope {
  const detail = camelKeys(document) as Document;
  return bareEvent(found, id, detail, {
    account: textAt(detail, 'awsAccountId') ?? '',
    region: textAt(detail, 'findingArn')?.split(':')[3] ?? '',
    time: textAt(detail, 'updatedAt') ?? '',
  });
}
