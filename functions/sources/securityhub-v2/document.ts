import * as z from 'zod';
import {
  at,
  type Document,
  factOf,
  Instant,
  isObject,
  keyOf,
  type Leaf,
  textAt,
} from '../../core/document.ts';
import { FindingClass } from '../../core/finding.ts';

const resource = z.looseObject({
  uid: z.string().nullish(),
  uid_alt: z.string().nullish(),
  type: z.string().nullish(),
  region: z.string().nullish(),
});

/**
 * What every OCSF finding of Security Hub has:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/security-hub-adv-ocsf-findings.html, and
 * https://schema.ocsf.io/classes/detection_finding for the objects. What differs by product is read where it stands.
 */
export const OcsfDocument = z.looseObject({
  class_uid: FindingClass,
  finding_info: z.looseObject({
    uid: z.string().min(1),
    title: z.string().nullish(),
    desc: z.string().nullish(),
    types: z.array(z.string()).nullish(),
    created_time_dt: Instant,
    modified_time_dt: Instant,
  }),
  metadata: z.looseObject({
    product: z.looseObject({ uid: z.string().nullish(), name: z.string().nullish() }),
  }),
  cloud: z.looseObject({
    account: z.looseObject({ uid: z.string().min(1) }),
    region: z.string().nullish(),
  }),
  severity_id: z.number().nullish(),
  status_id: z.number().nullish(),
  resources: z.array(resource).nullish(),
  compliance: z.looseObject({ control: z.string().nullish() }).nullish(),
});
export type OcsfDocument = z.infer<typeof OcsfDocument>;
export type OcsfResource = z.infer<typeof resource>;

/** Times in the one form that the schema takes: a product writes `…_dt`, a number, or the event's time alone. */
export function completed(detail: unknown): unknown {
  if (!isObject(detail) || !isObject(detail.finding_info)) return detail;
  const info = detail.finding_info;
  const event = firstTime(detail, ['time_dt', 'time', 'event_time']);
  const created = firstTime(info, ['created_time_dt', 'created_time']) ?? event;
  // The key with dots stands so in AWS's own sample of an exposure finding.
  const modified =
    firstTime(info, ['modified_time_dt', 'modified_time', 'finding.info.modified_time_dt']) ??
    event ??
    created;
  return {
    ...detail,
    finding_info: { ...info, created_time_dt: created ?? modified, modified_time_dt: modified },
  };
}

function firstTime(document: Document, names: readonly string[]): unknown {
  return names.map((name) => timeOf(document[name])).find((time) => time !== undefined);
}

/** The last second that a four-digit year has: later instants have another form. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** OCSF's `timestamp_t` is milliseconds; some tools write seconds, which no finding of milliseconds is as small as. */
function timeOf(value: unknown): unknown {
  if (typeof value !== 'number') return value ?? undefined;
  const milliseconds = value < 1e11 ? value * 1000 : value;
  return milliseconds > 0 && milliseconds <= LAST ? new Date(milliseconds).toISOString() : value;
}

const safeKeys = new Set(
  `activity_name category_name class_name type_name provider cloud_partition region vendor_name severity status type
  control version operation status_code`.split(/\s+/),
);
const quoting: ReadonlySet<string> = new Set(
  `data tags labels user process file url unmapped traits observables related_events remediation malware
  comment`.split(/\s+/),
);

/** Fields that the product itself writes. What is below the objects named above quotes what others wrote. */
export function isWrittenByProduct(leaf: Leaf): boolean {
  const { path, value } = leaf;
  const key = keyOf(leaf);
  if (path.some((part) => quoting.has(part))) return false;
  const identifies = key === 'uid' && !path.includes('resources');
  return (safeKeys.has(key) || identifies || /_dt$/.test(key)) && factOf(value) !== undefined;
}

/** Its product, by ARN; products outside of AWS may have a name alone. */
export function productArnOf({ metadata }: OcsfDocument): string {
  return metadata.product.uid || metadata.product.name || 'unknown';
}

/** Whether GuardDuty's sample generator made what is named here. */
export function isGeneratedSample(document: OcsfDocument): boolean {
  return (document.resources ?? []).some((one) =>
    [one.uid, textAt(one, 'name'), textAt(at(one, 'data'), 'user_name')].some((text) =>
      text?.startsWith('GeneratedFinding'),
    ),
  );
}
