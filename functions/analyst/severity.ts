import { type Severity, severityRank } from '../core/finding.ts';
import type { Briefing } from '../core/ports.ts';

/** The gravest that the findings and the playbook know: what an answer that does not dismiss may not go below. */
export function severityFloor({ findings, playbook }: Pick<Briefing, 'findings' | 'playbook'>): Severity {
  return findings.map(({ severity }) => severity).reduce(graver, playbook.severityFloor);
}

export function graver(a: Severity, b: Severity): Severity {
  return severityRank(a) >= severityRank(b) ? a : b;
}
