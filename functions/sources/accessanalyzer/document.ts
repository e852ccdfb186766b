import * as z from 'zod';
import { at, type Document, factOf, Instant, type Leaf, listAt, textAt } from '../../core/document.ts';
import type { EventEnvelope } from '../../core/source.ts';

/**
 * What all events of IAM Access Analyzer have
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html). Only findings of external
 * access lack a `findingType`. An error finding says that the resource could not be analyzed.
 */
export const AccessAnalyzerDocument = z.looseObject({
  id: z.string().min(1),
  accountId: z.string().regex(/^\d{1,32}$/, 'expected an account id'),
  resource: z.string().min(1),
  resourceType: z.string().min(1),
  status: z.enum(['ACTIVE', 'ARCHIVED', 'RESOLVED']),
  createdAt: Instant,
  updatedAt: Instant,
  findingType: z.string().nullish(),
  error: z.string().nullish(),
});
export type AccessAnalyzerDocument = z.infer<typeof AccessAnalyzerDocument>;

/**
 * One form for what the events, GetFinding and GetFindingV2 say: the API calls the account `resourceOwnerAccount` and
 * keeps what it found under `findingDetails`, and events of unused access call the id `findingId`.
 */
export function completed(detail: Document, event: EventEnvelope): Document {
  const found = Object.assign({}, ...listAt(detail, 'findingDetails').flatMap((one) => Object.values(one)));
  return {
    ...found,
    ...detail,
    id: detail.id ?? detail.findingId,
    accountId: detail.resourceOwnerAccount ?? detail.accountId ?? event.account,
    updatedAt: detail.updatedAt ?? detail.createdAt,
    findingType: detail.findingType ?? findingTypeOf(event),
  };
}

function findingTypeOf(event: EventEnvelope): string {
  return event['detail-type'] === 'Access Analyzer Finding' ? 'ExternalAccess' : 'UnusedAccess';
}

const safeKeys = new Set(
  `id findingId accountId resourceOwnerAccount region resourceType status previousStatus findingType principalType
  principalOwnerAccount accessType error version changeType resourceControlPolicyRestrictionType
  serviceControlPolicyRestrictionType`.split(/\s+/),
);

/** Fields that Access Analyzer writes itself. The others quote names, and the policy that somebody wrote. */
export function isWrittenByAnalyzer({ path, value }: Leaf): boolean {
  const [key = '', ...inside] = path;
  return inside.length === 0 && (safeKeys.has(key) || /At$/.test(key)) && factOf(value) !== undefined;
}

/** A preview says what a policy would do that is not in force: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_AccessPreviewFinding.html. */
export function isPreview(document: Document): boolean {
  return textAt(document, 'changeType') !== undefined;
}

/** Whether the access is everybody's, while it stands. A principal of `*` may be narrowed by a condition, and is not. */
export function isPublic(document: AccessAnalyzerDocument): boolean {
  return document.status !== 'RESOLVED' && at(document, 'isPublic') === true;
}
