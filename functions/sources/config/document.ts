import * as z from 'zod';
import { at, type Document, factOf, Instant, isObject, type Leaf, textAt } from '../../core/document.ts';
import type { EventEnvelope } from '../../core/source.ts';

/** The API answers with seconds since 1970 where the events have text. */
const ConfigInstant = z.union([
  Instant,
  z.number().transform((seconds, context) => {
    const date = new Date(seconds * 1000);
    if (!Number.isNaN(date.getTime())) return date.toISOString();
    context.addIssue({ code: 'custom', message: 'expected seconds since 1970' });
    return z.NEVER;
  }),
]);

/**
 * A change of compliance
 * (https://docs.aws.amazon.com/config/latest/developerguide/example-config-rule-compliance-notification.html), and what
 * GetComplianceDetailsByConfigRule says of one resource. A rule that is only now asked about a resource has
 * INSUFFICIENT_DATA, Config's word for no answer yet.
 */
export const ConfigDocument = z.looseObject({
  accountId: z.string().regex(/^\d{1,32}$/, 'expected an account id'),
  configRuleName: z.string().min(1),
  configRuleArn: z.string().nullish(),
  resourceType: z.string().min(1),
  resourceId: z.string().min(1),
  resourceArn: z.string().nullish(),
  region: z.string().nullish(),
  complianceType: z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'INSUFFICIENT_DATA']),
  recordedAt: ConfigInstant,
});
export type ConfigDocument = z.infer<typeof ConfigDocument>;

/** One form for the event, for a result of the API, and for the event that a rule's own function is called with. */
export function flattened(detail: Document, event: EventEnvelope): Document {
  const result = isObject(detail.newEvaluationResult) ? detail.newEvaluationResult : detail;
  const qualifier = at(result, 'evaluationResultIdentifier', 'evaluationResultQualifier');
  const item = configurationItem(detail);
  return {
    accountId: detail.awsAccountId ?? detail.accountId ?? (event.account || '000000000000'),
    configRuleName: detail.configRuleName ?? at(qualifier, 'configRuleName'),
    configRuleArn: detail.configRuleARN ?? detail.configRuleArn,
    resourceType: detail.resourceType ?? at(qualifier, 'resourceType') ?? at(item, 'resourceType'),
    resourceId: detail.resourceId ?? at(qualifier, 'resourceId') ?? at(item, 'resourceId'),
    resourceArn: at(item, 'ARN'),
    region: detail.awsRegion ?? at(item, 'awsRegion') ?? event.region,
    complianceType: at(result, 'complianceType') ?? (item && 'INSUFFICIENT_DATA'),
    before: at(detail, 'oldEvaluationResult', 'complianceType'),
    annotation: at(result, 'annotation'),
    recordedAt: at(result, 'resultRecordedTime') ?? at(item, 'configurationItemCaptureTime'),
  };
}

/** The resource that a rule's function is asked about, which stands in its event as text. */
export function configurationItem(detail: Document): Document | undefined {
  const invoking = parsed(textAt(detail, 'invokingEvent'));
  const item = at(invoking, 'configurationItem') ?? at(invoking, 'configurationItemSummary');
  return isObject(item) ? item : undefined;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

const safeKeys = new Set(['accountId', 'region', 'resourceType', 'complianceType', 'before', 'recordedAt']);

/** Fields that Config writes itself. Rules are named by whoever makes them, and annotate as they like. */
export function isWrittenByConfig({ path, value }: Leaf): boolean {
  return safeKeys.has(path[0] ?? '') && factOf(value) !== undefined;
}

/**
 * A rule that a service keeps in the account, and nobody else can change
 * (https://docs.aws.amazon.com/config/latest/developerguide/service-linked-awsconfig-rules.html). Every other rule may
 * be a function of somebody's that says what he likes of whatever he likes; so may those of conformance packs.
 */
export function isKeptByService({ configRuleArn }: ConfigDocument): boolean {
  return /:config-rule\/aws-service-rule\/(securityhub|fms)\.amazonaws\.com\//.test(configRuleArn ?? '');
}
