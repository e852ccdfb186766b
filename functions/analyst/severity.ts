import { isBroughtIn } from '../core/entity.ts';
import { type Severity, severityRank } from '../core/finding.ts';
import { crownJewel } from '../core/owners-knowledge.ts';
import type { Briefing } from '../core/ports.ts';

type Known = Pick<Briefing, 'findings' | 'playbook' | 'entities' | 'environment'>;

/** The gravest that findings, playbook and owner know: what an answer that does not dismiss may not go below. */
export function severityFloor({ findings, playbook, entities, environment }: Known): Severity {
  const said = findings.map(({ severity }) => severity).reduce(graver, playbook.severityFloor);
  const atStake = entities.some((entity) => isAbout(entity) && crownJewel(entity, [], environment));
  return atStake ? graver(said, 'High') : said;
}

function isAbout(entity: Briefing['entities'][number]): boolean {
  return entity.part !== 'related' && !isBroughtIn(entity);
}

export function graver(a: Severity, b: Severity): Severity {
  return severityRank(a) >= severityRank(b) ? a : b;
}
