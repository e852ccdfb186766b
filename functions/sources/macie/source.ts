import { at, camelKeys, clip, type Document, listAt, taintedTexts, textAt } from '../../core/document.ts';
import { comparable } from '../../core/facts.ts';
import { Finding } from '../../core/finding.ts';
import { accountOf, entitiesOf, type Place } from '../../core/mention.ts';
import {
  bareEvent,
  type EventEnvelope,
  type EventPattern,
  matchesPattern,
  parseOrReject,
  type Source,
} from '../../core/source.ts';
import { isWrittenByMacie, MacieDocument } from './document.ts';
import { mentionsOf } from './mentions.ts';

const found: EventPattern = { source: ['aws.macie'], detailType: ['Macie Finding'] };
const eventPatterns: readonly EventPattern[] = [found];

/** Amazon Macie: buckets that were opened, and sensitive data in objects. */
export const macie: Source = {
  id: 'macie',
  title: 'Amazon Macie',
  eventPatterns,
  types: ['Policy:IAMUser/S3*', 'SensitiveData:S3Object/*'],
  attackerWritable: [
    { field: 'resourcesAffected.s3Object.key', why: 'Whoever wrote the object chose its key.' },
    { field: 'resourcesAffected.s3Object.path', why: 'It ends in the key.' },
    { field: 'resourcesAffected.s3Object.tags[].value', why: 'Whoever may tag the object writes them.' },
    { field: 'resourcesAffected.s3Bucket.tags[].key', why: 'Whoever may tag the bucket writes them.' },
    { field: 'resourcesAffected.s3Bucket.tags[].value', why: 'Whoever may tag the bucket writes them.' },
    {
      field: 'classificationDetails.result.customDataIdentifiers.detections[].name',
      why: 'Identifiers bear names that people gave them.',
    },
    { field: 'policyDetails.actor.domainDetails.domainName', why: 'Whoever has an address names it.' },
  ],
  accepts: (event) => matchesPattern(event, eventPatterns),
  parse: (event) => [findingOf(event)],
  recognises,
  envelop,
};

function findingOf(event: EventEnvelope): Finding {
  const detail = camelKeys(event.detail) as Document;
  const subject = `Macie finding ${textAt(detail, 'id') ?? '(without id)'}`;
  const document = parseOrReject(MacieDocument, detail, subject);
  const place: Place = {
    partition: document.partition || 'aws',
    account: accountOf(document.accountId),
    region: document.region,
  };
  const finding: Finding = {
    class_uid: document.type.startsWith('Policy:') ? 2003 : 2004,
    finding_info: {
      uid: document.id,
      title: clip(document.title ?? document.type, 1024),
      desc: clip(document.description ?? '', 4096),
      type: document.type,
      created_time: document.createdAt,
      modified_time: document.updatedAt,
    },
    metadata: { source: 'macie', product: 'Macie', aws_owned: true },
    cloud: { account: place.account, region: place.region },
    severity: document.severity.description,
    status: document.archived ? 'Archived' : 'New',
    sample: document.sample === true,
    entities: entitiesOf(place, mentionsOf(document, place)),
    facts: factsOf(document),
    tainted: taintedTexts(document, isWrittenByMacie),
  };
  return parseOrReject(Finding, finding, subject);
}

function factsOf(document: MacieDocument): Finding['facts'] {
  const { severity, resourcesAffected, policyDetails, classificationDetails } = document;
  const call = at(policyDetails, 'action', 'apiCallDetails');
  const sensitive = listAt(classificationDetails, 'result', 'sensitiveData');
  return comparable({
    severityScore: severity.score,
    category: at(document, 'category'),
    count: at(document, 'count'),
    archived: document.archived,
    publicAccess: at(resourcesAffected.s3Bucket, 'publicAccess', 'effectivePermission'),
    sharedAccess: at(resourcesAffected.s3Bucket, 'sharedAccess'),
    objectPublic: at(resourcesAffected.s3Object, 'publicAccess'),
    objectVersion: textAt(resourcesAffected.s3Object, 'versionId'),
    api: at(call, 'api'),
    apiService: at(call, 'apiServiceName'),
    remoteAddress: at(policyDetails, 'actor', 'ipAddressDetails', 'ipAddressV4'),
    sensitiveCategory: sensitive.length === 1 ? at(sensitive[0], 'category') : undefined,
    sensitiveCount: sum(sensitive.map((one) => at(one, 'totalCount'))),
  });
}

function sum(counts: readonly unknown[]): number | undefined {
  const numbers = counts.filter((count) => typeof count === 'number');
  return numbers.length > 0 ? numbers.reduce((total, count) => total + count, 0) : undefined;
}

function recognises(document: Document): boolean {
  const detail = camelKeys(document) as Document;
  return 'resourcesAffected' in detail;
}

function envelop(document: Document, id: string): EventEnvelope {
  const detail = camelKeys(document) as Document;
  return bareEvent(found, id, detail, {
    account: textAt(detail, 'accountId') ?? '',
    region: textAt(detail, 'region') ?? '',
    time: textAt(detail, 'updatedAt') ?? '',
  });
}
