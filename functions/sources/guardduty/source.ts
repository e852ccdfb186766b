import { camelKeys, clip, type Document, taintedTexts, textAt } from '../../core/document.ts';
import type { Finding, Severity } from '../../core/finding.ts';
import { accountOf, entitiesOf, type Place } from '../../core/mention.ts';
import {
  type EventEnvelope,
  type EventPattern,
  findingOrReject,
  matchesPattern,
  parseOrReject,
  type Source,
} from '../../core/source.ts';
import { mentionsOfAccount, mentionsOfAffected } from './affected.ts';
import { attackerWritable } from './attacker-writable.ts';
import { completed, GuardDutyDocument, isWrittenByAws } from './document.ts';
import { factsOf, isArchived, isSample } from './facts.ts';
import { hashesOf } from './hashes.ts';
import { remotes } from './remotes.ts';
import { mentionsOfResource } from './resources.ts';
import { mentionsOfSequence, relatedFindings } from './sequence.ts';

const eventPatterns: readonly EventPattern[] = [
  { source: ['aws.guardduty'], detailType: ['GuardDuty Finding'] },
];

/** Amazon GuardDuty findings, as EventBridge delivers them or as GetFindings answers them. */
export const guardduty: Source = {
  id: 'guardduty',
  title: 'Amazon GuardDuty',
  eventPatterns,
  types: [
    'AttackSequence:*',
    'Backdoor:*',
    'Behavior:*',
    'CredentialAccess:*',
    'CryptoCurrency:*',
    'DefenseEvasion:*',
    'Discovery:*',
    'Execution:*',
    'Exfiltration:*',
    'Impact:*',
    'InitialAccess:*',
    'Object:*',
    'PenTest:*',
    'Persistence:*',
    'Policy:*',
    'PrivilegeEscalation:*',
    'Recon:*',
    'ResourceConsumption:*',
    'Stealth:*',
    'Trojan:*',
    'UnauthorizedAccess:*',
  ],
  attackerWritable,
  accepts: (event) => matchesPattern(event, eventPatterns),
  parse: (event) => [findingOf(event)],
  recognises,
  envelop,
};

function findingOf(event: EventEnvelope): Finding {
  const detail = camelKeys(event.detail) as Document;
  const subject = `GuardDuty finding ${textAt(detail, 'id') ?? '(without id)'}`;
  const document = parseOrReject(GuardDutyDocument, completed(detail, event), subject);
  const { service, resource } = document;
  const place: Place = {
    partition: document.arn.split(':')[1] || 'aws',
    account: accountOf(document.accountId),
    region: document.region,
  };
  const [hashes, related] = [hashesOf(document), relatedFindings(document)];
  const finding: Finding = {
    class_uid: 2004,
    finding_info: {
      uid: document.id,
      title: clip(document.title ?? document.type, 1024),
      desc: clip(document.description ?? '', 4096),
      type: document.type,
      created_time: document.createdAt,
      modified_time: document.updatedAt,
    },
    metadata: { source: 'guardduty', product: 'GuardDuty', aws_owned: true },
    cloud: { account: place.account, region: place.region },
    severity: severityOf(document.severity),
    status: isArchived(service) ? 'Archived' : 'New',
    sample: isSample(document),
    entities: entitiesOf(place, [
      ...mentionsOfResource(resource, place),
      ...mentionsOfSequence(service, place),
      ...remotes(service),
      ...mentionsOfAffected(document),
      ...mentionsOfAccount(document),
    ]),
    facts: factsOf(document),
    tainted: taintedTexts(document, isWrittenByAws),
    ...(hashes.length > 0 && { hashes }),
    ...(related.length > 0 && { related }),
  };
  return findingOrReject(finding, subject);
}

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
function severityOf(score: number): Severity {
  if (score >= 9) return 'Critical';
  if (score >= 7) return 'High';
  if (score >= 4) return 'Medium';
  return score >= 1 ? 'Low' : 'Informational';
}

function recognises(document: Document): boolean {
  const detail = camelKeys(document) as Document;
  if (textAt(detail, 'arn')?.includes(':guardduty:')) return true;
  return 'type' in detail && ('resource' in detail || 'service' in detail);
}

function envelop(document: Document, id: string): EventEnvelope {
  const detail = camelKeys(document) as Document;
  return {
    version: '0',
    id,
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    account: textAt(detail, 'accountId') ?? '',
    time: textAt(detail, 'updatedAt') ?? '',
    region: textAt(detail, 'region') ?? '',
    resources: [],
    detail,
  };
}
