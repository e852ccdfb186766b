import { severityRank } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { PlaybookTerms } from '../core/playbook.ts';

/** The playbook of an incident: that of its most severe finding, and among equals of the latest. */
export function playbookFor<Terms extends PlaybookTerms>(
  incident: Pick<Incident, 'findings'>,
  playbooks: readonly Terms[],
): Terms {
  const [gravest] = incident.findings
    .toReversed()
    .toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
  return matchPlaybook(gravest?.finding_info.type ?? '', playbooks);
}

/** The playbook with the longest pattern that fits a finding's type; an exact type beats every pattern. */
export function matchPlaybook<Terms extends Pick<PlaybookTerms, 'types'>>(
  type: string,
  playbooks: readonly Terms[],
): Terms {
  const fitting = playbooks.flatMap((playbook) =>
    playbook.types.filter((pattern) => fits(pattern, type)).map((pattern) => ({ playbook, pattern })),
  );
  const [best] = fitting.toSorted((a, b) => weight(b.pattern) - weight(a.pattern));
  if (best) return best.playbook;
  throw new Error(`no playbook takes findings of type ${type}; one with the type * must exist`);
}

/** Whether a pattern, exact or ending in `*`, takes findings of this type. */
export function fits(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

function weight(pattern: string): number {
  return pattern.endsWith('*') ? pattern.length : Number.POSITIVE_INFINITY;
}
