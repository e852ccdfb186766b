import { type Document, factOf, leaves, listAt, textAt } from '../../core/document.ts';
import type { Trust } from '../../core/entity.ts';
import type { FindingFacts } from '../../core/finding.ts';
import type { Mention } from '../../core/mention.ts';
import type { AsffDocument } from './document.ts';
import { controlOf } from './type.ts';

/** What the product measured, and GuardDuty's own facts where Security Hub passes them on as product fields. */
export function factsOf(document: AsffDocument): FindingFacts {
  const facts: Record<string, unknown> = {
    severityScore: document.severity.normalized,
    complianceStatus: document.compliance?.status,
    control: document.compliance && controlOf(document),
    recordState: document.recordState,
    workflowStatus: document.workflow?.status,
    resources: document.resources.length,
    resourceType: document.resources[0]?.type,
    accessKey: accessKey(document),
    actionType: productField(document, /(^|\/)action\/actionType$/),
    api: productField(document, /(^|\/)awsApiCallAction\/api$/),
    apiService: productField(document, /(^|\/)awsApiCallAction\/serviceName$/),
    count: Number(productField(document, /(^|\/)count$/) ?? Number.NaN),
    threatList: productField(document, /(^|\/)threatListName$/),
    remoteAddress: addressesOf(document)[0],
    vulnerabilities: document.vulnerabilities?.length,
    publicAccess: publicAccess(document),
  };
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => {
      const fact = factOf(value);
      return fact === undefined ? [] : [[name, fact]];
    }),
  );
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

function productField(document: AsffDocument, name: RegExp): unknown {
  return Object.entries(document.productFields ?? {}).find(([key]) => name.test(key))?.[1];
}

/** The other side, as `Action`, threat indicators and GuardDuty's product fields name it. */
export function remotes(document: AsffDocument, trust: Trust): Mention[] {
  return [
    ...addressesOf(document).map((id): Mention => ({ kind: 'address', id, part: 'actor', trust })),
    ...domainsOf(document).map((id): Mention => ({ kind: 'domain', id, part: 'actor', trust: 'claimed' })),
  ];
}

function addressesOf(document: AsffDocument): string[] {
  const inAction = leaves(document.action)
    .filter(({ path }) => path.includes('remoteIpDetails') && /^ipAddressV[46]$/.test(path.at(-1) ?? ''))
    .map(({ value }) => value);
  const inFields = Object.entries(document.productFields ?? {})
    .filter(([key]) => /remoteIpDetails\/ipAddressV[46]$/.test(key))
    .map(([, value]) => value);
  const inNetwork = textAt(document.network, 'sourceIpV4');
  return unique([...inAction, ...inFields, ...indicators(document, /^IPV[46]_ADDRESS$/), inNetwork]);
}

function domainsOf(document: AsffDocument): string[] {
  const inAction = leaves(document.action)
    .filter(({ path }) => path.at(-1) === 'domain')
    .map(({ value }) => value);
  const inFields = Object.entries(document.productFields ?? {})
    .filter(([key]) => /dnsRequestAction\/domain$/.test(key))
    .map(([, value]) => value);
  return unique([...inAction, ...inFields, ...indicators(document, /^DOMAIN$/)]);
}

function indicators(document: Document, type: RegExp): (string | undefined)[] {
  return listAt(document, 'threatIntelIndicators')
    .filter((indicator) => type.test(textAt(indicator, 'type') ?? ''))
    .map((indicator) => textAt(indicator, 'value'));
}

function unique(values: readonly unknown[]): string[] {
  return [...new Set(values)].filter(
    (value): value is string => typeof value === 'string' && value !== '' && value.length <= 2048,
  );
}
