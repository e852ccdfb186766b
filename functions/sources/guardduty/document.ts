import * as z from 'zod';
import { parseArn } from '../../core/arn.ts';
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
import type { EventEnvelope } from '../../core/source.ts';

/**
 * What AWS always sends: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html. Resource and
 * service details differ by type, and new ones appear every year: they are read where they stand.
 */
export const GuardDutyDocument = z.looseObject({
  id: z.string().min(1),
  arn: z.string().startsWith('arn:'),
  type: z.string().min(1),
  accountId: z.string().regex(/^\d{1,32}$/, 'expected an account id'),
  region: z.string().min(1),
  severity: z.number().min(0).max(10),
  createdAt: Instant,
  updatedAt: Instant,
  title: z.string().nullish(),
  description: z.string().nullish(),
  resource: z.looseObject({ resourceType: z.string().min(1) }),
  service: z.looseObject({}).nullish(),
});
export type GuardDutyDocument = z.infer<typeof GuardDutyDocument>;

/**
 * Fills in what a stored copy left out and its ARN or its event still say. Some collectors keep the service section
 * under `finding`.
 */
export function completed(detail: Document, event: EventEnvelope): Document {
  const arn = parseArn(textAt(detail, 'arn') ?? '');
  return {
    ...detail,
    accountId: detail.accountId ?? (arn?.account || event.account || undefined),
    region: detail.region ?? (arn?.region || event.region || undefined),
    createdAt: detail.createdAt ?? detail.updatedAt,
    service: detail.service ?? detail.finding,
  };
}

/** `additionalInfo` is an object in old events, and since 2022 `{ value: "<JSON>", type }`. */
export function additionalInfo(service: unknown): unknown {
  const info = at(service, 'additionalInfo');
  const value = at(info, 'value');
  if (typeof value !== 'string') return info;
  try {
    return { ...(isObject(info) ? info : {}), ...JSON.parse(value) };
  } catch {
    return info;
  }
}

const safeKeys = new Set(
  `schemaVersion accountId region partition id arn type resourceType instanceId instanceType instanceState platform
  availabilityZone imageId networkInterfaceId subnetId vpcId groupId accessKeyId userType actionType api serviceName
  callerType ipAddressV4 ipAddressV6 privateIpAddress publicIp countryName countryCode cityName asn portName protocol
  connectionDirection errorCode detectorId resourceRole featureName threatListName effectivePermission
  encryptionType engine engineVersion verb status outpostArn productCodeId productCodeType
  executableSha256 versionId uuid parentUuid launchType osType`.split(/\s+/),
);

const quoting: ReadonlySet<string> = new Set(['tags', 'additionalInfo', 'affectedResources', 'parameters']);

/** Fields that AWS itself writes. A key inside tags or inside what a caller passed is never one of them. */
export function isWrittenByAws(leaf: Leaf): boolean {
  const { path, value } = leaf;
  const key = keyOf(leaf);
  if (path.some((part) => quoting.has(part))) return false;
  if (/(At|Seen|Time)$/.test(key)) return factOf(value) !== undefined;
  return safeKeys.has(key) && factOf(value) !== undefined;
}
