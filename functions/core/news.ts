import { type Entity, entityKey, isFreelyNamed, joinsIncidents } from './entity.ts';
import { type Finding, severityRank } from './finding.ts';
import type { Incident } from './incident.ts';

/** What findings had told before, as far as a plan can rest on it. */
interface Known {
  readonly types: Set<string>;
  readonly entities: Set<string>;
  severity: number;
}

/**
 * The findings since the last verdict that a plan ought to know of: another type, a higher severity, or a thing that was
 * not named before. Repeats and counts that rise are none, nor is what its source has put aside, and what anybody may
 * have written counts for nothing: noise must not keep a plan from being decided on (design, section 3).
 */
export function newsSinceVerdict({ timeline }: Incident): Finding[] {
  const verdict = timeline.findLastIndex(({ entry }) => entry.type === 'verdict-reached');
  const known: Known = { types: new Set(), entities: new Set(), severity: -1 };
  return timeline.flatMap(({ entry }, index) => {
    if (entry.type === 'tool-called') for (const one of entry.evidence.found ?? []) learn(known, one);
    if (entry.type !== 'finding-received') return [];
    const isNews = isNewsTo(known, entry.finding);
    for (const one of entry.finding.entities) learn(known, one);
    known.types.add(entry.finding.finding_info.type);
    known.severity = Math.max(known.severity, severityRank(entry.finding.severity));
    return isNews && index > verdict ? [entry.finding] : [];
  });
}

function isNewsTo({ types, entities, severity }: Known, finding: Finding): boolean {
  if (!finding.metadata.aws_owned || finding.status !== 'New') return false;
  return (
    !types.has(finding.finding_info.type) ||
    severityRank(finding.severity) > severity ||
    finding.entities.some((entity) => isTellingOf(entity) && !entities.has(entityKey(entity)))
  );
}

/** Addresses change with every packet, and what surrounds a target is measured anyway. */
function isTellingOf(entity: Entity): boolean {
  return entity.part !== 'related' && joinsIncidents(entity) && !isFreelyNamed(entity);
}

function learn({ entities }: Known, entity: Entity): void {
  if (isTellingOf(entity)) entities.add(entityKey(entity));
}
