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
import { AsffDocument, isWrittenByProduct } from './document.ts';
import { factsOf } from './facts.ts';
import { booleanOf, serviceFieldsOf } from './fields.ts';
import { relatedFindings } from './related.ts';
import { hashesOf, remotes } from './remotes.ts';
import { mentionsOfResource } from './resources.ts';
import { severityOf } from './severity.ts';
import { classOf, controlOf } from './type.ts';

const eventPatterns: readonly EventPattern[] = [
  {
    source: ['aws.securityhub'],
    detailType: ['Security Hub Findings - Imported', 'Security Hub Findings - Custom Action'],
  },
];

/** AWS Security Hub: findings in ASFF, batched in an event's `detail.findings`. */
export const securityhub: Source = {
  id: 'securityhub',
  title: 'AWS Security Hub',
  eventPatterns,
  types: ['SecurityHub:*', 'Custom:*'],
  attackerWritable,
  accepts: (event) => matchesPattern(event, eventPatterns),
  parse,
  parseEach,
  recognises,
  envelop,
};

function parse(event: EventEnvelope): Finding[] {
  return documentsOf(event).map((finding, index) => findingOf(finding, index, event));
}

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
  const subject = `Security Hub finding ${textAt(detail, 'id') ?? `detail.findings.${index} (without Id)`}`;
  const document = parseOrReject(AsffDocument, detail, subject);
  const product = productOf(document.productArn);
  const trust = product.awsOwned ? 'asserted' : 'claimed';
  const place = placeOf(document, event);
  const type = typeOf(product, {
    types: document.types ?? [],
    generator: document.generatorId,
    control: product.name === 'securityhub' ? controlOf(document) : undefined,
  });
  const fields = serviceFieldsOf(document);
  const [hashes, related] = [hashesOf(document), relatedFindings(document)];
  const finding: Finding = {
    class_uid: classOf(document),
    finding_info: {
      uid: uidOf(product, document.id),
      title: clip(document.title, 1024),
      desc: clip(document.description ?? '', 4096),
      type,
      created_time: document.createdAt,
      modified_time: document.updatedAt,
    },
    metadata: {
      source: 'securityhub',
      product: clip(product.name, 256),
      aws_owned: product.awsOwned,
    },
    cloud: { account: place.account, region: place.region },
    severity: severityOf(document),
    status: statusOf(document),
    sample: document.sample === true || isGeneratedSample(document),
    entities: entitiesOf(place, [
      ...document.resources.flatMap((resource) => mentionsOfResource(resource, place, trust)),
      ...remotes(document, fields, trust),
    ]),
    facts: factsOf(document, fields, type),
    tainted: taintedTexts(document, product.awsOwned ? isWrittenByProduct : () => false),
    ...(hashes.length > 0 && { hashes }),
    ...(related.length > 0 && { related }),
  };
  return findingOrReject(finding, subject);
}

/** Old findings carry no region of their own; their product's ARN, their resource and their event do. */
function placeOf(document: AsffDocument, event: EventEnvelope): Place {
  const [, partition, , productRegion] = document.productArn.split(':');
  const region = document.region || productRegion || document.resources[0]?.region || event.region;
  return {
    partition: partition || 'aws',
    account: accountOf(document.awsAccountId),
    region: region || 'us-east-1',
  };
}

function statusOf({ recordState, workflow }: AsffDocument): Finding['status'] {
  if (recordState === 'ARCHIVED') return 'Archived';
  if (workflow?.status === 'RESOLVED') return 'Resolved';
  return workflow?.status === 'SUPPRESSED' ? 'Suppressed' : 'New';
}

function isGeneratedSample({ productFields }: AsffDocument): boolean {
  return Object.entries(productFields ?? {}).some(
    ([name, value]) =>
      (name.endsWith('sample') && booleanOf(value) === true) ||
      (typeof value === 'string' && /"sample":\s*true/.test(value)),
  );
}

function recognises(document: Document): boolean {
  const detail = camelKeys(document) as Document;
  return (
    'productArn' in detail || 'awsAccountId' in detail || ('generatorId' in detail && 'resources' in detail)
  );
}

function envelop(document: Document, id: string): EventEnvelope {
  const detail = camelKeys(document);
  return {
    version: '0',
    id,
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: textAt(detail, 'awsAccountId') ?? '',
    time: textAt(detail, 'updatedAt') ?? '',
    region: textAt(detail, 'region') ?? textAt(detail, 'productArn')?.split(':')[3] ?? '',
    resources: isObject(detail) ? [textAt(detail, 'id') ?? ''] : [],
    detail: { findings: [document] },
  };
}
