import { camelKeys, clip, type Document, isObject, taintedTexts, textAt } from '../../core/document.ts';
import { FindingRejectedError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { productOf, typeOf, uidOf } from '../../core/hub-product.ts';
import { accountOf, entitiesOf, type Place } from '../../core/mention.ts';
import {
  type EventEnvelope,
  type EventPattern,
  findingOrReject,
  matchesPattern,
  parseOrReject,
  type Source,
} from '../../core/source.ts';
import { attackerWritable } from './attacker-writable.ts';
import { completed, isGeneratedSample, isWrittenByProduct, OcsfDocument, productArnOf } from './document.ts';
import { hashesOf, mentionsOfEvidences } from './evidences.ts';
import { factsOf } from './facts.ts';
import { relatedFindings } from './related.ts';
import { mentionsOfResources } from './resources.ts';
import { severityOf, statusOf } from './severity.ts';

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html */
const eventPatterns: readonly EventPattern[] = [
  { source: ['aws.securityhub'], detailType: ['Findings Imported V2'] },
];

/** AWS Security Hub: findings in OCSF, one in an event's `detail.findings`. What passes ASFF as well has the same name. */
export const securityhubV2: Source = {
  id: 'securityhub-v2',
  title: 'AWS Security Hub (OCSF)',
  eventPatterns,
  types: ['SecurityHub:*', 'Custom:*'],
  attackerWritable,
  accepts: (event) => matchesPattern(event, eventPatterns),
  parse: (event) => documentsOf(event).map((finding, index) => findingOf(finding, index, event)),
  parseEach,
  recognises: (document) => 'class_uid' in document && 'finding_info' in document,
  envelop,
};

function parseEach(event: EventEnvelope): (Finding | FindingRejectedError)[] {
  return documentsOf(event).map((finding, index) => {
    try {
      return findingOf(finding, index, event);
    } catch (error) {
      if (error instanceof FindingRejectedError) return error;
      throw error;
    }
  });
}

function documentsOf(event: EventEnvelope): readonly unknown[] {
  const { findings } = event.detail;
  if (!Array.isArray(findings) || findings.length === 0)
    throw new FindingRejectedError(`Security Hub event ${event.id}: detail.findings is missing or empty`);
  return findings;
}

function findingOf(raw: unknown, index: number, event: EventEnvelope): Finding {
  const detail = camelKeys(raw);
  const subject = `Security Hub finding ${textAt(detail, 'finding_info', 'uid') ?? `detail.findings.${index} (without uid)`}`;
  const document = parseOrReject(OcsfDocument, completed(detail), subject);
  const { finding_info: info } = document;
  const product = productOf(productArnOf(document));
  const trust = product.awsOwned ? 'asserted' : 'claimed';
  const place = placeOf(document, event);
  const control = product.name === 'securityhub' ? (document.compliance?.control ?? undefined) : undefined;
  const type = typeOf(product, { types: info.types ?? [], generator: '', control });
  const [hashes, related] = [hashesOf(document), relatedFindings(document)];
  const finding: Finding = {
    class_uid: document.class_uid,
    finding_info: {
      uid: uidOf(product, info.uid),
      title: clip(info.title ?? type, 1024),
      desc: clip(info.desc ?? '', 4096),
      type,
      created_time: info.created_time_dt,
      modified_time: info.modified_time_dt,
    },
    metadata: {
      source: 'securityhub-v2',
      product: clip(product.name, 256),
      aws_owned: product.awsOwned,
    },
    cloud: { account: place.account, region: place.region },
    severity: severityOf(document),
    status: statusOf(document),
    sample: isGeneratedSample(document),
    entities: entitiesOf(place, [
      ...mentionsOfResources(document, place, trust),
      ...mentionsOfEvidences(document, place, trust),
    ]),
    facts: factsOf(document, product.name, type),
    tainted: taintedTexts(document, product.awsOwned ? isWrittenByProduct : () => false),
    ...(hashes.length > 0 && { hashes }),
    ...(related.length > 0 && { related }),
  };
  return findingOrReject(finding, subject);
}

function placeOf({ cloud, resources }: OcsfDocument, event: EventEnvelope): Place {
  return {
    partition: textAt(cloud, 'cloud_partition') ?? textAt(resources?.[0], 'cloud_partition') ?? 'aws',
    account: accountOf(cloud.account.uid),
    region: clip(cloud.region || event.region || 'us-east-1', 32),
  };
}

function envelop(document: Document, id: string): EventEnvelope {
  const info = document.finding_info;
  return {
    version: '0',
    id,
    'detail-type': 'Findings Imported V2',
    source: 'aws.securityhub',
    account: textAt(document, 'cloud', 'account', 'uid') ?? '',
    time: textAt(info, 'modified_time_dt') ?? '',
    region: textAt(document, 'cloud', 'region') ?? '',
    resources: isObject(info) ? [textAt(document, 'metadata', 'uid') ?? ''] : [],
    detail: { findings: [document] },
  };
}
