import type { FindingClass } from '../../core/finding.ts';
import type { AsffDocument } from './document.ts';

/** `security-control/S3.8`, `aws-foundational-…/v/1.0.0/S3.8`, `…ruleset/cis-…/v/1.2.0/rule/3.1` */
export function controlOf(document: AsffDocument): string {
  const named = document.compliance?.securityControlId;
  if (named) return named;
  const last = document.generatorId.split('/').at(-1) || 'unknown';
  return /^\d/.test(last) ? `CIS.${last}` : last;
}

/** The OCSF class: vulnerability, compliance, detection or data security finding. */
export function classOf(document: AsffDocument): FindingClass {
  const types = document.types ?? [];
  if (document.vulnerabilities?.length || types.some((type) => type.includes('/Vulnerabilities')))
    return 2002;
  if (types.some((type) => type.startsWith('Sensitive Data'))) return 2006;
  if (types.some((type) => /^(TTPs|Effects|Unusual Behaviors)/.test(type))) {
    return document.compliance?.status ? 2003 : 2004;
  }
  return document.compliance || types.some((type) => type.startsWith('Software and Conf')) ? 2003 : 2004;
}
