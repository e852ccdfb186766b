import * as z from 'zod';
import { type Document, factOf, type Leaf } from '../../core/document.ts';
import { InspectorInstant } from './instant.ts';

const resource = z.looseObject({
  id: z.string().min(1),
  type: z.string().min(1),
  region: z.string().nullish(),
  partition: z.string().nullish(),
  details: z.looseObject({}).nullish(),
});

/**
 * What Inspector always sends: https://docs.aws.amazon.com/inspector/v2/APIReference/API_Finding.html. One of
 * `packageVulnerabilityDetails`, `codeVulnerabilityDetails` and `networkReachabilityDetails` comes with it, by type.
 */
export const InspectorDocument = z.looseObject({
  findingArn: z.string().startsWith('arn:'),
  awsAccountId: z.string().regex(/^\d{1,32}$/, 'expected an account id'),
  type: z.string().min(1),
  severity: z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'UNTRIAGED']),
  status: z.enum(['ACTIVE', 'SUPPRESSED', 'CLOSED']),
  title: z.string().nullish(),
  description: z.string().nullish(),
  firstObservedAt: InspectorInstant,
  updatedAt: InspectorInstant,
  resources: z.array(resource).min(1),
});
export type InspectorDocument = z.infer<typeof InspectorDocument>;
export type InspectorResource = z.infer<typeof resource>;

/** What an old finding does not say of its last change is when it was last seen. */
export function completed(detail: Document): Document {
  return { ...detail, updatedAt: detail.updatedAt ?? detail.lastObservedAt };
}

const safeKeys = new Set(
  `findingArn awsAccountId type severity status exploitAvailable fixAvailable partition region platform imageId
  subnetId vpcId imageHash registry architecture architectures packageType runtime codeSha256 componentId
  componentType protocol vulnerabilityId vendorSeverity packageManager securityGroupIds subnetIds`.split(
    /\s+/,
  ),
);

/** Fields that Inspector writes itself. Names of packages, files and images are whoever's code is scanned. */
export function isWrittenByInspector({ path, value }: Leaf): boolean {
  const key = path.findLast((part) => !/^\d+$/.test(part)) ?? '';
  if (path.some((part) => /^(tags|vulnerablePackages|filePath|codeVulnerabilityDetails)$/.test(part)))
    return false;
  return (safeKeys.has(key) || /At$/.test(key)) && factOf(value) !== undefined;
}
