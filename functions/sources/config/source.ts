import { digest } from '../../core/canonical.ts';
import { at, camelKeys, type Document, taintedTexts, textAt } from '../../core/document.ts';
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
import {
  ConfigDocument,
  configurationItem,
  flattened,
  isKeptByService,
  isWrittenByConfig,
} from './document.ts';
import { mentionOfResource } from './mentions.ts';

const changed: EventPattern = {
  source: ['aws.config'],
  detailType: ['Config Rules Compliance Change'],
  // What the rules of Security Hub find comes from Security Hub, with the control that they stand for.
  detail: {
    configRuleARN: [
      { 'anything-but': { wildcard: '*:config-rule/aws-service-rule/securityhub.amazonaws.com/*' } },
    ],
  },
};
const eventPatterns: readonly EventPattern[] = [changed];

/** AWS Config: resources that do not comply with a rule. */
export const config: Source = {
  id: 'config',
  title: 'AWS Config',
  eventPatterns,
  types: ['Config:Compliance/*'],
  attackerWritable: [
    { field: 'configRuleName', why: 'Whoever makes a rule names it.' },
    { field: 'newEvaluationResult.annotation', why: "The rule's own function writes it." },
    {
      field: 'resourceId',
      why: "A rule's own function may name any resource; only rules that a service keeps assert one.",
    },
  ],
  accepts: (event) => matchesPattern(event, eventPatterns),
  parse: (event) => [findingOf(event)],
  recognises,
  envelop,
};

function findingOf(event: EventEnvelope): Finding {
  const detail = flattened(camelKeys(event.detail) as Document, event);
  const subject = `Config result of ${textAt(detail, 'configRuleName') ?? '(without rule)'}`;
  const document = parseOrReject(ConfigDocument, detail, subject);
  const { configRuleName, configRuleArn, resourceType, resourceId, complianceType, recordedAt } = document;
  const owned = isKeptByService(document);
  const place: Place = {
    partition: 'aws',
    account: accountOf(document.accountId),
    region: document.region || 'us-east-1',
  };
  const finding: Finding = {
    class_uid: 2003,
    finding_info: {
      // One finding for a rule and a resource: what the rule says next updates it. A digest, for both may be anybody's text.
      uid: `config:${digest({ rule: configRuleArn || configRuleName, resourceType, resourceId })}`,
      title: `A resource of the type ${resourceType} is ${complianceType} with a rule of AWS Config`,
      desc: '',
      type: `Config:Compliance/${shortResourceType(resourceType)}`,
      created_time: recordedAt,
      modified_time: recordedAt,
    },
    metadata: { source: 'config', product: 'Config', aws_owned: owned },
    cloud: { account: place.account, region: place.region },
    severity: severityOf(complianceType),
    status: complianceType === 'COMPLIANT' || complianceType === 'NOT_APPLICABLE' ? 'Resolved' : 'New',
    sample: false,
    entities: entitiesOf(place, [mentionOfResource(document, owned ? 'asserted' : 'claimed')]),
    facts: comparable({ complianceType, before: at(document, 'before'), resourceType }),
    tainted: taintedTexts(document, isWrittenByConfig),
  };
  return parseOrReject(Finding, finding, subject);
}

/** Config rates nothing, and knows no harm: a rule of its owner's is not met. */
function severityOf(complianceType: ConfigDocument['complianceType']): Severity {
  return complianceType === 'NON_COMPLIANT' ? 'Medium' : 'Informational';
}

function recognises(document: Document): boolean {
  const detail = camelKeys(document) as Document;
  if (configurationItem(detail)) return 'configRuleName' in detail;
  return 'evaluationResultIdentifier' in detail || 'newEvaluationResult' in detail;
}

/** The rule's ARN is empty where the API left it out: EventBridge compares only fields that are there. */
function envelop(document: Document, id: string): EventEnvelope {
  const detail = camelKeys(document) as Document;
  const item = configurationItem(detail);
  const rule = textAt(detail, 'configRuleARN') ?? textAt(detail, 'configRuleArn') ?? '';
  return bareEvent(
    changed,
    id,
    { ...detail, configRuleARN: rule },
    {
      account: textAt(detail, 'awsAccountId') ?? textAt(item, 'awsAccountId') ?? '',
      region: textAt(detail, 'awsRegion') ?? textAt(item, 'awsRegion') ?? '',
      time: textAt(detail, 'resultRecordedTime') ?? '',
    },
  );
}
