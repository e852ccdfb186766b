import { parseArn } from '../../core/arn.ts';
import { at, camelKeys, clip, type Document, taintedTexts, textAt } from '../../core/document.ts';
import { comparable } from '../../core/facts.ts';
import { Finding, type Severity } from '../../core/finding.ts';
import { accountOf, entitiesOf, type Place } from '../../core/mention.ts';
import { shortResourceType } from '../../core/resource-type.ts';
import {
  bareEvent,
  type EventEnvelope,
  type EventPattern,
  matchesPattern,
  parseOrReject,
  type Source,
} from '../../core/source.ts';
import { AccessAnalyzerDocument, completed, isPreview, isPublic, isWrittenByAnalyzer } from './document.ts';
import { mentionsOf, sourceTypes } from './mentions.ts';

const external: EventPattern = { source: ['aws.access-analyzer'], detailType: ['Access Analyzer Finding'] };
const internal: EventPattern = { source: ['aws.access-analyzer'], detailType: ['Internal Access Finding'] };
const unused: EventPattern = {
  source: ['aws.access-analyzer'],
  detailType: ['Unused Access Finding for IAM entities'],
};
const eventPatterns: readonly EventPattern[] = [
  {
    source: ['aws.access-analyzer'],
    detailType: [external, internal, unused].flatMap(({ detailType }) => detailType),
  },
];

/** IAM Access Analyzer: who a policy lets in, and what nobody uses. */
export const accessanalyzer: Source = {
  id: 'accessanalyzer',
  title: 'IAM Access Analyzer',
  eventPatterns,
  types: [
    'AccessAnalyzer:ExternalAccess/*',
    'AccessAnalyzer:InternalAccess/*',
    'AccessAnalyzer:UnusedAccess/*',
    'AccessAnalyzer:NotAnalyzed/*',
  ],
  attackerWritable: [
    {
      field: 'principal.Federated',
      why: 'Whoever wrote the policy wrote it; an account or a role that it names is a claim.',
    },
    { field: 'condition["aws:SourceArn"]', why: 'Part of the policy as well.' },
    { field: 'action[]', why: 'Part of the policy as well.' },
  ],
  accepts: (event) => matchesPattern(event, eventPatterns),
  parse: (event) => [findingOf(event)],
  recognises,
  envelop,
};

function findingOf(event: EventEnvelope): Finding {
  const detail = camelKeys(event.detail) as Document;
  const subject = `Access Analyzer finding ${textAt(detail, 'id') ?? textAt(detail, 'findingId') ?? '(without id)'}`;
  const document = parseOrReject(AccessAnalyzerDocument, completed(detail, event), subject);
  const place = placeOf(document, event);
  const finding: Finding = {
    class_uid: 2003,
    finding_info: {
      uid: document.id,
      title: clip(titleOf(document), 1024),
      desc: '',
      type: typeOf(document),
      created_time: document.createdAt,
      modified_time: document.updatedAt,
    },
    metadata: { source: 'accessanalyzer', product: 'IAM Access Analyzer', aws_owned: true },
    cloud: { account: place.account, region: place.region },
    severity: severityOf(document),
    status: statusOf(document),
    sample: isPreview(document),
    entities: entitiesOf(place, mentionsOf(document, place)),
    facts: factsOf(document),
    tainted: taintedTexts(document, isWrittenByAnalyzer),
  };
  return parseOrReject(Finding, finding, subject);
}

/** IAM has no region, and a bucket's ARN none: then it is the analyzer's. */
function placeOf(document: AccessAnalyzerDocument, event: EventEnvelope): Place {
  const arn = parseArn(document.resource);
  return {
    partition: arn?.partition ?? 'aws',
    account: accountOf(document.accountId),
    region: textAt(document, 'region') || arn?.region || event.region || 'us-east-1',
  };
}

function typeOf(document: AccessAnalyzerDocument): string {
  const type = shortResourceType(document.resourceType);
  if (document.error) return `AccessAnalyzer:NotAnalyzed/${type}`;
  if (document.findingType === 'ExternalAccess' || document.findingType === 'InternalAccess')
    return `AccessAnalyzer:${document.findingType}/${type}`;
  return `AccessAnalyzer:UnusedAccess/${shortResourceType(document.findingType ?? '')}`;
}

function titleOf(document: AccessAnalyzerDocument): string {
  const { resourceType, error, findingType } = document;
  if (error) return `Access Analyzer could not analyze a resource of the type ${resourceType}`;
  if (findingType === 'InternalAccess')
    return `A principal inside reaches a resource of the type ${resourceType}`;
  if (findingType !== 'ExternalAccess')
    return `Something of a resource of the type ${resourceType} is not used`;
  if (isPublic(document)) return `Everybody reaches a resource of the type ${resourceType}`;
  return `Somebody outside reaches a resource of the type ${resourceType}`;
}

/** Access Analyzer rates nothing. What is open to everybody is never meant; the others may be. */
function severityOf(document: AccessAnalyzerDocument): Severity {
  if (document.error) return 'Low';
  if (document.findingType !== 'ExternalAccess')
    return document.findingType === 'InternalAccess' ? 'Low' : 'Informational';
  return isPublic(document) ? 'High' : 'Medium';
}

/**
 * A finding that was deleted keeps its status: whoever deletes the analyzer deletes its findings with it, and the access
 * stands.
 */
function statusOf({ status }: AccessAnalyzerDocument): Finding['status'] {
  if (status === 'RESOLVED') return 'Resolved';
  return status === 'ARCHIVED' ? 'Archived' : 'New';
}

function factsOf(document: AccessAnalyzerDocument): Finding['facts'] {
  return comparable({
    findingType: document.findingType,
    resourceType: document.resourceType,
    status: document.status,
    deleted: at(document, 'isDeleted'),
    error: document.error,
    publicAccess: isPublic(document) ? 'PUBLIC' : undefined,
    accessType: at(document, 'accessType'),
    principalType: at(document, 'principalType'),
    sources: sourceTypes(document),
    unusedServices: at(document, 'numberOfUnusedServices'),
    unusedActions: at(document, 'numberOfUnusedActions'),
  });
}

function recognises(document: Document): boolean {
  const detail = camelKeys(document) as Document;
  const hasAccount = 'resourceOwnerAccount' in detail || 'accountId' in detail;
  return hasAccount && 'resource' in detail && 'resourceType' in detail && 'status' in detail;
}

function envelop(document: Document, id: string): EventEnvelope {
  const detail = camelKeys(document) as Document;
  const type = textAt(detail, 'findingType') ?? 'ExternalAccess';
  const pattern = type === 'ExternalAccess' ? external : type === 'InternalAccess' ? internal : unused;
  return bareEvent(pattern, id, detail, {
    account: textAt(detail, 'resourceOwnerAccount') ?? textAt(detail, 'accountId') ?? '',
    region: parseArn(textAt(detail, 'resource') ?? '')?.region ?? '',
    time: textAt(detail, 'updatedAt') ?? textAt(detail, 'createdAt') ?? '',
  });
}
