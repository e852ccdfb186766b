import { runStage, type StageParts } from '../../functions/analyst/loop.ts';
import type { Finding } from '../../functions/core/finding.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { type Answers, INCIDENT, stageOver } from './bench.ts';
import { noHistory } from './findings.ts';
import { surroundings } from './surroundings.ts';

/** What the rules come to: the verdict, and what they propose as `action kind {parameters}`. */
export async function judge(finding: Finding, answers: Answers, rest: Partial<StageParts> = {}) {
  const { verdict, proposals } = await judged([finding], answers, rest);
  const proposed = proposals.map(({ action, entity, params }) =>
    [action, entity?.kind, ...(Object.keys(params).length > 0 ? [JSON.stringify(params)] : [])].join(' '),
  );
  return { disposition: verdict?.disposition, confidence: verdict?.confidence, proposed };
}

/** What the rules propose in an incident of several findings, the latest last, as `action id`. */
export async function proposedOn(findings: readonly Finding[], answers: Answers): Promise<string[]> {
  const { proposals } = await judged(findings, answers);
  return proposals.map(({ action, entity }) => `${action} ${entity?.id}`);
}

async function judged(findings: readonly Finding[], answers: Answers, rest: Partial<StageParts> = {}) {
  const environment = surroundings({
    networks: ['192.0.2.0/24', '198.51.100.0/24'],
    logBucket: 'logs',
    forensicsAccount: '999988887777',
  });
  const parts = await stageOver(findings, {
    environment,
    answers: { 'entity-history': noHistory, ...answers },
    stage: 'investigate',
    ...rest,
  });
  await runStage(parts);
  const { verdict: reached, entities } = await parts.ledger.read(INCIDENT);
  const verdict = reached?.verdict;
  const proposals = (verdict?.proposals ?? []).map(({ target, ...proposal }) => ({
    ...proposal,
    entity: entities.find(({ handle }) => handle === target),
  }));
  return { verdict, proposals };
}

/** The one finding of a document. */
export function only(document: unknown): Finding {
  const [finding] = normalise(document);
  if (!finding) throw new Error('no finding');
  return finding;
}
