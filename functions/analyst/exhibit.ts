import { digest } from '../core/canonical.ts';
import { isFreelyNamed } from '../core/entity.ts';
import type { Evidence } from '../core/entry.ts';
import type { Finding } from '../core/finding.ts';
import type { Briefing } from '../core/ports.ts';

/** Anything that a claim may cite: a piece of evidence or a finding, with what in it an attacker may have written. */
export interface Exhibit {
  readonly id: string;
  /** The tool, or `finding`. */
  readonly tool: string;
  /** The handle of the entity that it is about; absent for a finding. */
  readonly target?: string;
  readonly document: unknown;
  /** Patterns of JSON pointers. `''` taints the whole document. */
  readonly tainted: readonly string[];
  readonly truncated: boolean;
}

/** The tool name under which findings are cited. */
export const FINDING = 'finding';

const taintedInFinding = ['/finding_info/title', '/finding_info/desc', '/tainted'];

/** How a finding is cited: by what it said at one time, so that an update does not change what was cited. */
export function findingExhibitId({ finding_info: { uid, modified_time } }: Finding): string {
  return `finding-${digest({ uid, modified_time }).slice(0, 12)}`;
}

/** Findings first, then the evidence in the order in which it was found. What failed holds nothing to cite. */
export function exhibitsOf({ findings, evidence, entities }: Briefing): Exhibit[] {
  const claimed = new Set(entities.filter(({ trust }) => trust === 'claimed').map(({ handle }) => handle));
  return [
    ...findings.map(findingExhibit),
    ...evidence.filter(({ status }) => status !== 'failed').map((piece) => evidenceExhibit(piece, claimed)),
  ];
}

function findingExhibit(finding: Finding): Exhibit {
  const freelyNamed = finding.entities.flatMap((entity, index) =>
    isFreelyNamed(entity) ? [`/entities/${index}`] : [],
  );
  return {
    id: findingExhibitId(finding),
    tool: FINDING,
    document: finding,
    // Any principal with BatchImportFindings may have written a custom product's finding.
    tainted: finding.metadata.aws_owned ? [...taintedInFinding, ...freelyNamed] : [''],
    truncated: false,
  };
}

/** Evidence about an entity that was only claimed answers a question that an attacker may have chosen. */
function evidenceExhibit(
  { id, tool, target, output, tainted, truncated }: Evidence,
  claimed: Set<string>,
): Exhibit {
  return { id, tool, target, document: output, tainted: claimed.has(target) ? [''] : tainted, truncated };
}
