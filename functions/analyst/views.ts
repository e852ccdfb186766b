import { type HandledEntity, isFreelyNamed } from '../core/entity.ts';
import type { Finding } from '../core/finding.ts';
import { knownCaller, openChangeWindows } from '../core/owners-knowledge.ts';
import type { Briefing } from '../core/ports.ts';
import type { View } from './condition.ts';
import { type Exhibit, exhibitsOf, FINDING, findingExhibitId } from './exhibit.ts';
import { without } from './pointer.ts';

/** One way to read an incident: which finding, and which piece of each tool's evidence, the conditions see. */
export interface Reading {
  readonly view: View;
  /** By tool id, `finding` included: what a rule's cites mean in this reading. */
  readonly exhibits: ReadonlyMap<string, Exhibit>;
}

/**
 * Every reading of an incident that differs from the first in one place: another finding, or another piece of one
 * tool's evidence. What dismisses must hold in all of them, so that a harmless sibling never closes what is not.
 */
export function readingsOf(briefing: Briefing, now: Date): Reading[] {
  const exhibits = exhibitsOf(briefing);
  const findings = briefing.findings.toReversed();
  const byTool = Map.groupBy(
    exhibits.filter(({ tool, tainted }) => tool !== FINDING && !tainted.includes('')),
    ({ tool }) => tool,
  );
  const first = [...byTool].flatMap(([tool, [piece]]) => (piece ? [[tool, piece] as const] : []));
  const others = [...byTool].flatMap(([tool, [, ...pieces]]) =>
    pieces.map((piece) => [tool, piece] as const),
  );
  const [latest, ...earlier] = findings;
  if (!latest) return [];
  const read = (finding: Finding, pieces: readonly (readonly [string, Exhibit])[]) =>
    reading(briefing, now, finding, new Map(pieces), exhibits);
  return [
    read(latest, first),
    ...earlier.map((finding) => read(finding, first)),
    ...others.map((other) => read(latest, [...first, other])),
  ];
}

function reading(
  briefing: Briefing,
  now: Date,
  finding: Finding,
  pieces: ReadonlyMap<string, Exhibit>,
  exhibits: readonly Exhibit[],
): Reading {
  const found = [...pieces].filter(([, { id }]) => !isMissing(briefing, id));
  const own = exhibits.find(({ id }) => id === findingExhibitId(finding));
  return {
    exhibits: new Map([...pieces, ...(own ? [[FINDING, own] as const] : [])]),
    view: {
      ...cleanFinding(finding),
      entities: briefing.entities.map((entity) => cleanEntity(entity, briefing)),
      evidence: Object.fromEntries(
        found.map(([tool, piece]) => [tool, without(piece.document, piece.tainted)]),
      ),
      missing: toolsWith(briefing, 'not-found'),
      failed: toolsWith(briefing, 'failed'),
      tainted: finding.tainted.map(({ text }) => text),
      environment: briefing.environment,
      openChangeWindows: openChangeWindows(finding, briefing.environment),
      now,
    },
  };
}

/** Without the name that an attacker may have chosen. `is` says who of the owner's it is, where it is one of his. */
function cleanEntity(entity: HandledEntity, { environment }: Briefing): object {
  const { kind, part, trust, id, arn, handle } = entity;
  if (isFreelyNamed(entity)) return { kind, part, trust, handle };
  const caller = knownCaller(entity, environment);
  return { kind, part, trust, handle, id, ...(arn ? { arn } : {}), ...(caller ? { is: caller.is } : {}) };
}

/** Nothing in a custom product's finding is a fact. */
function cleanFinding(finding: Finding): Pick<View, 'finding' | 'facts'> {
  const { finding_info, metadata, severity, status, sample, class_uid, cloud } = finding;
  const { type, created_time, modified_time } = finding_info;
  return {
    finding: {
      type,
      created_time,
      modified_time,
      severity,
      status,
      sample,
      class_uid,
      ...metadata,
      ...cloud,
    },
    facts: metadata.aws_owned ? finding.facts : {},
  };
}

function isMissing({ evidence }: Briefing, id: string): boolean {
  return evidence.some((piece) => piece.id === id && piece.status === 'not-found');
}

function toolsWith({ evidence }: Briefing, status: 'not-found' | 'failed'): string[] {
  return [...new Set(evidence.filter((piece) => piece.status === status).map(({ tool }) => tool))];
}
