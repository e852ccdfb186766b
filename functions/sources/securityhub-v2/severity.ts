import { at } from '../../core/document.ts';
import { type Finding, Severity, severityRank } from '../../core/finding.ts';
import type { OcsfDocument } from './document.ts';

/**
 * The graver of what Security Hub shows, which whoever may update findings may write, and what the product itself said
 * (`vendor_attributes`). Unknown (0) and other (99) are Medium: nobody said that it is harmless. 6 is Fatal.
 */
export function severityOf(document: OcsfDocument): Severity {
  const shown = severityOfId(document.severity_id) ?? 'Medium';
  const provided = severityOfId(at(document, 'vendor_attributes', 'severity_id'));
  return provided && severityRank(provided) > severityRank(shown) ? provided : shown;
}

function severityOfId(id: unknown): Severity | undefined {
  if (typeof id !== 'number') return undefined;
  return id === 6 ? 'Critical' : Severity.options[id - 1];
}

const statuses: Readonly<Record<number, Finding['status']>> = {
  3: 'Suppressed',
  4: 'Resolved',
  5: 'Archived',
};

/** https://schema.ocsf.io/classes/finding: new and in progress are both open. */
export function statusOf({ status_id }: OcsfDocument): Finding['status'] {
  return statuses[status_id ?? 0] ?? 'New';
}
