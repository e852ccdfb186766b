import { at, factsFrom, listAt, textAt } from '../../core/document.ts';
import type { FindingFacts } from '../../core/finding.ts';
import { factsOfType } from '../../core/type-facts.ts';
import type { OcsfDocument } from './document.ts';
import { remoteAddresses } from './evidences.ts';

/** What the product measured, under the names that ASFF and GuardDuty's own events give it here. */
export function factsOf(document: OcsfDocument, product: string, type: string): FindingFacts {
  const addresses = remoteAddresses(document);
  const [first] = document.resources ?? [];
  return factsFrom({
    ...(product === 'guardduty' && factsOfType(type)),
    complianceStatus: complianceStatus(document),
    control: document.compliance?.control,
    resources: document.resources?.length,
    resourceType: first?.type,
    accessKey: accessKey(document),
    feature: textAt(document, 'metadata', 'product', 'feature', 'name'),
    count: at(document, 'count'),
    ...factsOfEvidences(document, product),
    // Which of several is the other side, the finding does not say.
    remoteAddress: addresses.length === 1 ? addresses[0] : undefined,
    ...factsOfVulnerabilities(document),
    relatedEvents: listAt(document, 'finding_info', 'related_events').length || undefined,
    bucketPublic: at(document, 'databucket', 'is_public'),
    bucketEncrypted: at(document, 'databucket', 'is_encrypted'),
  });
}

/** ASFF's words for OCSF's: a playbook asks the same of both. https://schema.ocsf.io/objects/compliance */
function complianceStatus({ compliance }: OcsfDocument): string | undefined {
  const words: Readonly<Record<number, string>> = { 1: 'PASSED', 2: 'WARNING', 3: 'FAILED' };
  return wordOf(words, at(compliance, 'status_id'));
}

function factsOfEvidences(document: OcsfDocument, product: string): Record<string, unknown> {
  const [evidence] = listAt(document, 'evidences');
  const api = textAt(evidence, 'api', 'operation');
  return {
    api,
    apiService: textAt(evidence, 'api', 'service', 'name'),
    resourceRole: textAt(evidence, 'data', 'resource_role'),
    connectionDirection: directionOf(evidence, product, api !== undefined),
    remotePort: at(evidence, 'dst_endpoint', 'port'),
  };
}

function wordOf(words: Readonly<Record<number, string>>, id: unknown): string | undefined {
  return typeof id === 'number' ? words[id] : undefined;
}

/**
 * In GuardDuty's words, and its word UNKNOWN for endpoints that were passed on without a direction: rules ask for a
 * direction by name, and none must find one that nobody saw. https://schema.ocsf.io/objects/network_connection_info
 */
function directionOf(evidence: unknown, product: string, isCall: boolean): string | undefined {
  const words: Readonly<Record<number, string>> = { 1: 'INBOUND', 2: 'OUTBOUND' };
  const said = wordOf(words, at(evidence, 'connection_info', 'direction_id'));
  const connected = !isCall && (at(evidence, 'src_endpoint') ?? at(evidence, 'dst_endpoint')) !== undefined;
  return said ?? (product === 'guardduty' && connected ? 'UNKNOWN' : undefined);
}

function factsOfVulnerabilities(document: OcsfDocument): Record<string, unknown> {
  const vulnerabilities = listAt(document, 'vulnerabilities');
  const [first] = vulnerabilities;
  return {
    vulnerabilities: vulnerabilities.length || undefined,
    vulnerability: textAt(first, 'cve', 'uid'),
    exploitAvailable: yesOrNo(at(first, 'is_exploit_available')),
    fixAvailable: yesOrNo(at(first, 'is_fix_available')),
    epss: numberOf(at(first, 'cve', 'epss', 'score')),
    cvss: at(listAt(first, 'cve', 'cvss')[0], 'base_score'),
  };
}

/** As ASFF writes it. */
function yesOrNo(value: unknown): string | undefined {
  return typeof value === 'boolean' ? (value ? 'YES' : 'NO') : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function accessKey({ resources }: OcsfDocument): string | undefined {
  const keys = (resources ?? []).filter(
    ({ type }) => type === 'AWS::IAM::AccessKey' || type === 'AwsIamAccessKey',
  );
  return keys.length === 1 ? (keys[0]?.uid ?? undefined) : undefined;
}
