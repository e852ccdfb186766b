import { factsFrom, listAt, textAt } from '../../core/document.ts';
import type { FindingFacts } from '../../core/finding.ts';
import { productOf } from '../../core/hub-product.ts';
import { factsOfType } from '../../core/type-facts.ts';
import type { AsffDocument } from './document.ts';
import { booleanOf, fieldOfAction, numberOf, type ServiceFields } from './fields.ts';
import { addressesOf } from './remotes.ts';
import { controlOf } from './type.ts';

/** What the product measured, and GuardDuty's own facts where Security Hub passes them on. `type` is the type in our terms. */
export function factsOf(document: AsffDocument, fields: ServiceFields, type: string): FindingFacts {
  const { name } = productOf(document.productArn);
  return factsFrom({
    ...(name === 'guardduty' && factsOfType(type)),
    severityScore: document.severity.normalized,
    complianceStatus: document.compliance?.status,
    control: document.compliance && controlOf(document),
    recordState: document.recordState,
    workflowStatus: document.workflow?.status,
    resources: document.resources.length,
    resourceType: document.resources[0]?.type,
    accessKey: accessKey(document),
    ...factsOfService(fields),
    connectionDirection: directionOf(document, fields, name),
    remoteAddress: addressesOf(document, fields)[0],
    publicAccess: publicAccess(document),
    ...factsOfVulnerabilities(document),
    missingPatches: numberOf(document.patchSummary?.missingCount),
    failedPatches: numberOf(document.patchSummary?.failedCount),
    sensitiveData:
      listAt(document, 'resources').filter(({ dataClassification }) => dataClassification).length ||
      undefined,
    threats: document.threats?.length,
    signalCount: listAt(document, 'detection', 'sequence', 'signals').length || undefined,
  });
}

function factsOfService(fields: ServiceFields): Record<string, unknown> {
  return {
    resourceRole: fields.all.get('resourceRole'),
    feature: fields.all.get('featureName'),
    count: numberOf(fields.all.get('count')),
    firstSeen: fields.all.get('eventFirstSeen'),
    lastSeen: fields.all.get('eventLastSeen'),
    threatList:
      fields.all.get('evidence/threatIntelligenceDetails.0_/threatListName') ??
      fields.all.get('additionalInfo/threatListName'),
    actionType: fields.all.get('action/actionType'),
    api: fieldOfAction(fields, 'api'),
    apiService: fieldOfAction(fields, 'serviceName'),
    callerType: fieldOfAction(fields, 'callerType'),
    errorCode: fieldOfAction(fields, 'errorCode'),
    protocol: fieldOfAction(fields, 'protocol'),
    verb: fieldOfAction(fields, 'verb'),
    blocked: booleanOf(fieldOfAction(fields, 'blocked')),
    statusCode: numberOf(fieldOfAction(fields, 'statusCode')),
    localPort: numberOf(fieldOfAction(fields, 'localPortDetails/port')),
    remotePort: numberOf(fieldOfAction(fields, 'remotePortDetails/port')),
    remoteAsn: fieldOfAction(fields, 'remoteIpDetails/organization/asn'),
    remoteAccount: fieldOfAction(fields, 'remoteAccountDetails/accountId'),
  };
}

/**
 * In GuardDuty's words, and its word UNKNOWN for a connection that was passed on without its direction: rules ask for a
 * direction by name, and none must find one that nobody saw.
 */
function directionOf(document: AsffDocument, fields: ServiceFields, product: string): unknown {
  const said = fieldOfAction(fields, 'connectionDirection') ?? textAt(document.network, 'direction');
  const words: Readonly<Record<string, string>> = { IN: 'INBOUND', OUT: 'OUTBOUND' };
  if (typeof said === 'string' && said !== '') return words[said] ?? said;
  const connected = fields.all.get('action/actionType') === 'NETWORK_CONNECTION';
  return product === 'guardduty' && connected ? 'UNKNOWN' : undefined;
}

/** The first of a finding's vulnerabilities: a product that has several puts those of one advisory together. */
function factsOfVulnerabilities({ vulnerabilities }: AsffDocument): Record<string, unknown> {
  const [first] = listAt(vulnerabilities);
  return {
    vulnerabilities: vulnerabilities?.length,
    vulnerability: textAt(first, 'id'),
    exploitAvailable: textAt(first, 'exploitAvailable'),
    fixAvailable: textAt(first, 'fixAvailable'),
    epss: numberOf(first?.epssScore),
    cvss: numberOf(listAt(first, 'cvss')[0]?.baseScore),
  };
}

/** `AWS::IAM::AccessKey:ASIA…` where the finding is about one key alone. */
function accessKey({ resources }: AsffDocument): string | undefined {
  const [key, ...others] = resources.filter(({ type }) => type === 'AwsIamAccessKey');
  return others.length === 0 ? key?.id.split(':').at(-1) : undefined;
}

/**
 * What IAM Access Analyzer says of a policy that lets in everybody on AWS, in the word that GuardDuty has for it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-securityhub-integration.html).
 */
function publicAccess({ productArn, resources }: AsffDocument): 'PUBLIC' | undefined {
  if (!productArn.endsWith('::product/aws/access-analyzer')) return undefined;
  return textAt(resources[0], 'details', 'other', 'External Principal') === '*' ? 'PUBLIC' : undefined;
}
