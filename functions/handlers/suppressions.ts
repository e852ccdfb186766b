import { boundedText } from '../core/bounded.ts';
import type { Finding } from '../core/finding.ts';
import { type Suppression, Suppressions } from '../core/suppression.ts';
import { policyData } from './policy-data.ts';

/** The owner's rules. None where they cannot be read: then every finding is taken in. */
export function openSuppressions(): readonly Suppression[] {
  try {
    return policyData('suppressions.json', Suppressions).suppressions;
  } catch (error) {
    console.error(
      JSON.stringify({ message: 'no suppression holds: they cannot be read', error: String(error) }),
    );
    return [];
  }
}

export function reportSuppression({ id, owner }: Suppression, finding: Finding, problem: string): void {
  console.warn(
    JSON.stringify({
      message: 'a suppression did not hold',
      suppression: id,
      owner,
      finding: boundedText(finding.finding_info.uid),
      problem,
    }),
  );
}
