import * as z from 'zod';
import { factOf, Instant, type Leaf } from '../../core/document.ts';

/**
 * What Macie always sends (https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html). A policy
 * finding has `policyDetails`, one of sensitive data `classificationDetails` and the object.
 */
export const MacieDocument = z.looseObject({
  id: z.string().min(1),
  accountId: z.string().regex(/^\d{1,32}$/, 'expected an account id'),
  region: z.string().min(1),
  partition: z.string().nullish(),
  type: z.string().min(1),
  title: z.string().nullish(),
  description: z.string().nullish(),
  severity: z.looseObject({ description: z.enum(['Low', 'Medium', 'High']), score: z.number().nullish() }),
  createdAt: Instant,
  updatedAt: Instant,
  archived: z.boolean().nullish(),
  sample: z.boolean().nullish(),
  resourcesAffected: z.looseObject({
    s3Bucket: z.looseObject({}).nullish(),
    s3Object: z.looseObject({}).nullish(),
  }),
});
export type MacieDocument = z.infer<typeof MacieDocument>;

const safeKeys = new Set(
  `schemaVersion id accountId partition region type category originType jobId mimeType code effectivePermission
  sharedAccess encryptionType eTag versionId storageClass api apiServiceName actionType accessKeyId principalId
  mfaAuthenticated ipAddressV4 asn`.split(/\s+/),
);

/** Fields that Macie writes itself. Names, tags, keys and what a caller said of himself are others'. */
export function isWrittenByMacie({ path, value }: Leaf): boolean {
  const key = path.findLast((part) => !/^\d+$/.test(part)) ?? '';
  if (path.some((part) => /^(tags|detections|customDataIdentifiers)$/.test(part))) return false;
  if (/(At|Seen|lastModified|Date)$/.test(key)) return factOf(value) !== undefined;
  const ofSeverity = path[0] === 'severity' && key === 'description';
  return (safeKeys.has(key) || ofSeverity) && factOf(value) !== undefined;
}
