import type { Finding } from '../../core/finding.ts';
import { type AsffDocument, productOf } from './document.ts';

/**
 * The finding's type in our terms, which playbooks match. Controls: `SecurityHub:Control/S3.8`. GuardDuty's types
 * come back in their own spelling (`TTPs/Discovery/Recon:EC2-Portscan` is `Recon:EC2/Portscan`). Other products of
 * AWS: `SecurityHub:<product>/<type>`. Everybody else: `Custom:<product>/<type>`, which no specific playbook takes.
 */
export function typeOf(document: AsffDocument): string {
  const { name, awsOwned } = productOf(document.productArn);
  const last = document.types?.[0]?.split('/').at(-1) || document.generatorId.split('/').at(-1) || 'Finding';
  if (!awsOwned) return clean(`Custom:${name}/${last}`);
  if (name === 'guardduty' && last.includes(':')) return clean(last.replace('-', '/'));
  if (name === 'securityhub') return clean(`SecurityHub:Control/${controlOf(document)}`);
  return clean(`SecurityHub:${name}/${last}`);
}

/** `security-control/S3.8`, `aws-foundational-…/v/1.0.0/S3.8`, `…ruleset/cis-…/v/1.2.0/rule/3.1` */
export function controlOf(document: AsffDocument): string {
  const named = document.compliance?.securityControlId;
  if (named) return named;
  const last = document.generatorId.split('/').at(-1) || 'unknown';
  return /^\d/.test(last) ? `CIS.${last}` : last;
}

function clean(type: string): string {
  return type.replaceAll(/\s+/g, '-').slice(0, 512).toWellFormed();
}

/** The OCSF class: vulnerability, compliance or detection finding. */
export function classOf(document: AsffDocument): Finding['class_uid'] {
  const types = document.types ?? [];
  if (document.vulnerabilities?.length || types.some((type) => type.includes('/Vulnerabilities')))
    return 2002;
  if (types.some((type) => /^(TTPs|Effects|Unusual Behaviors|Sensitive Data)/.test(type))) {
    return document.compliance?.status ? 2003 : 2004;
  }
  return document.compliance || types.some((type) => type.startsWith('Software and Conf')) ? 2003 : 2004;
}
