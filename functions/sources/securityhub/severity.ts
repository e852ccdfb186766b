import { Severity, severityRank } from '../../core/finding.ts';
import type { AsffDocument } from './document.ts';

/**
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html: the label, else the normalised score.
 * Whoever may update findings may write `Severity`; what the product said, in `FindingProviderFields`, it never undercuts.
 */
export function severityOf({ severity, findingProviderFields }: AsffDocument): Severity {
  const provided = labelled(findingProviderFields?.severity?.label);
  const shown = labelled(severity.label) ?? scored(severity.normalized ?? 0);
  return provided && severityRank(provided) > severityRank(shown) ? provided : shown;
}

function labelled(label: string | null | undefined): Severity | undefined {
  return Severity.options.find((option) => option.toLowerCase() === label?.toLowerCase());
}

function scored(score: number): Severity {
  if (score >= 90) return 'Critical';
  if (score >= 70) return 'High';
  if (score >= 40) return 'Medium';
  return score >= 1 ? 'Low' : 'Informational';
}
