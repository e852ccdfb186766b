import type { ModelRequest } from '../core/ports.ts';
import { selectEntities } from './select.ts';

/** A question to one entity. */
export interface Ask {
  readonly tool: string;
  readonly target: string;
}

/** Bounds on one turn of questions, so that an incident with a hundred entities stays affordable. */
const PER_SELECTOR = 4;
const PER_TURN = 16;

/** The evidence that the playbook wants by this stage and that this stage has not asked for: what failed is tried again. */
export function outstanding({ briefing, turns }: Pick<ModelRequest, 'briefing' | 'turns'>): Ask[] {
  const { playbook, stage, entities, evidence } = briefing;
  const asked = new Set([
    ...evidence.filter(({ status }) => status !== 'failed').map(({ tool, target }) => `${tool} ${target}`),
    ...turns.flatMap(({ toolUses }) => toolUses.map(({ tool, input }) => `${tool} ${String(input.target)}`)),
  ]);
  const wanted = playbook.evidence
    .filter((step) => step.stage === 'triage' || stage === 'investigate')
    .flatMap(({ tool, target }) =>
      selectEntities(target, entities)
        .slice(0, PER_SELECTOR)
        .map(({ handle }) => ({ tool, target: handle })),
    );
  const unique = new Map(wanted.map((ask) => [`${ask.tool} ${ask.target}`, ask]));
  return [...unique].flatMap(([key, ask]) => (asked.has(key) ? [] : [ask])).slice(0, PER_TURN);
}
