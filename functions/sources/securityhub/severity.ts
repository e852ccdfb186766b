import { Severity } from '../../core/finding.ts';
import type { AsffDocument } from './document.ts';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html: the label, else the normalised score. */
export function severityOf({ severity }: AsffDocument): Severity {
  const label = severity.label?.toLowerCase();
  const named = Severity.options.find((option) => option.toLowerCase() === label);
  if (named) return named;
  const score = severity.normalized ?? 0;
  if (score >= 90) return 'Critical';
  if (score >= 70) return 'High';
  if (score >= 40) return 'Medium';
  return score >= 1 ? 'Low' : 'Informational';
}
