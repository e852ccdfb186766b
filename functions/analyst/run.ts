import type { EntryNamed, Stage } from '../core/entry.ts';
import type { Incident, Recorded } from '../core/incident.ts';
import type { Turn } from '../core/ports.ts';
import { evidenceText } from './prompts.ts';

type Said = { readonly entry: EntryNamed<'model-turn'>; readonly at: string; readonly index: number };

/** How far a stage has come, as the ledger tells it. */
export interface Run {
  readonly stage: Stage;
  readonly generation: number;
  /** The turns since the stage's last verdict. */
  readonly turns: readonly Said[];
  readonly results: readonly EntryNamed<'tool-called'>[];
  /** The number that the next turn gets; turns are numbered through a generation. */
  readonly nextTurn: number;
  /** The verdict that stands: nothing was found since. */
  readonly verdict?: EntryNamed<'verdict-reached'>;
  /** The last turn, where its tool calls were not carried out yet. */
  readonly pending?: Said;
  /** A finding arrived after the pending turn: whoever answered did not know of it. */
  readonly outdated: boolean;
}

/** Reads a stage's progress in the current generation out of the timeline. */
export function runOf(incident: Incident, stage: Stage): Run {
  const { generation, timeline } = incident;
  const own = timeline.map((recorded, index) => ({ ...recorded, index })).filter(isOf(generation));
  const lastIndex = (type: string) =>
    own.findLast(({ entry }) => entry.type === type && (!('stage' in entry) || entry.stage === stage))
      ?.index ?? -1;
  const verdictAt = lastIndex('verdict-reached');
  const findingAt = lastIndex('finding-received');
  const said = own.flatMap(({ entry, at, index }) =>
    entry.type === 'model-turn' && entry.stage === stage ? [{ entry, at, index }] : [],
  );
  const results = own.flatMap(({ entry }) =>
    entry.type === 'tool-called' && entry.stage === stage ? [entry] : [],
  );
  const turns = said.filter(({ index }) => index > verdictAt);
  const last = turns.at(-1);
  const pending = last && !isAnswered(last.entry, results) ? last : undefined;
  const standing = own.find(({ index }) => index === verdictAt)?.entry;
  return {
    stage,
    generation,
    turns,
    results,
    nextTurn: said.length + 1,
    outdated: pending !== undefined && findingAt > pending.index,
    ...(standing?.type === 'verdict-reached' && verdictAt > findingAt && { verdict: standing }),
    ...(pending && { pending }),
  };
}

function isOf(generation: number) {
  return ({ entry }: Pick<Recorded, 'entry'>) => entry.generation === generation;
}

function isAnswered(
  { turn, toolUses }: EntryNamed<'model-turn'>,
  results: readonly EntryNamed<'tool-called'>[],
) {
  return toolUses.every(({ id }) =>
    results.some((result) => result.turn === turn && result.toolUseId === id),
  );
}

/** The conversation so far, as a model is shown it. */
export function conversationOf({ turns, results }: Run): Turn[] {
  return turns.map(({ entry: { turn, text, toolUses } }) => ({
    text,
    toolUses,
    results: results
      .filter((result) => result.turn === turn)
      .map(({ toolUseId, evidence }) => ({ toolUseId, content: evidenceText(evidence) })),
  }));
}
