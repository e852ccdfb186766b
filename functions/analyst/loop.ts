import { lastingDigest } from '../core/canonical.ts';
import type { EntryNamed, EntryOf, Stage, ToolUse } from '../core/entry.ts';
import { entriesOf, type Incident } from '../core/incident.ts';
import type { Offer } from '../core/offer.ts';
import type { Surroundings } from '../core/own-environment.ts';
import type { Playbook } from '../core/playbook.ts';
import type { Briefing, Ledger } from '../core/ports.ts';
import { dismisses } from './condition.ts';
import { promptsDigest } from './prompts.ts';
import { type Run, runOf } from './run.ts';
import { SUBMIT, type Submission, takeSubmission } from './submit.ts';
import { type Thinking, think } from './think.ts';
import { failure } from './tools.ts';
import { undetermined } from './verdict.ts';

/** What a verdict needs to close without a person: the same as the guardrail `dismiss-alone`. */
const DISMISSAL_CONFIDENCE = 0.8;

export interface StageParts extends Thinking {
  readonly stage: Stage;
  readonly incident: string;
  readonly ledger: Ledger;
  /** Every action that is built in. */
  readonly offers: readonly Offer[];
  readonly environment: Surroundings;
  readonly playbookFor: (incident: Incident) => Playbook;
  /** When this function must have returned: with no time for another turn, it says `continue`. */
  readonly deadline?: Date;
}

/** `continue`: call again; everything up to now is in the ledger. */
export interface StageResult {
  readonly next: 'investigate' | 'plan' | 'close' | 'continue';
}

/** As long as a model's adapter may try (bedrock.ts, `totalMs`): a turn is not begun that could not end. */
const TURN_MS = 120_000;

/**
 * Observe, think, act, reflect, until there is a verdict. Each step is read from the ledger and ends in a commit to it,
 * so that whoever was killed goes on at the last turn.
 */
export async function runStage(parts: StageParts): Promise<StageResult> {
  let incident = await parts.ledger.read(parts.incident);
  for (;;) {
    const run = runOf(incident, parts.stage);
    if (incident.status === 'merged') return { next: 'close' };
    if (run.verdict) return { next: run.verdict.next };
    if (run.pending) incident = await act(incident, run, run.pending.entry, parts);
    else if (isLate(run, parts)) return { next: 'continue' };
    else incident = await takeTurn(incident, run, parts);
  }
}

/** The first turn of a call is always begun: a deadline must not keep a stage from ever moving. */
function isLate({ turns }: Run, { deadline, clock }: StageParts): boolean {
  return turns.length > 0 && deadline !== undefined && deadline.getTime() - clock().getTime() < TURN_MS;
}

async function takeTurn(incident: Incident, run: Run, parts: StageParts): Promise<Incident> {
  const briefing = briefingOf(incident, run, parts);
  const thought = await think(run, briefing, parts);
  if ('entry' in thought) return append(incident, parts, run, `turn#${run.nextTurn}`, [thought.entry]);
  const { verdict } = undetermined(briefing, [thought.failed]);
  const taken = takeSubmission(verdict, briefing);
  return append(incident, parts, run, `turn#${run.nextTurn}#none`, [
    reached(taken, 'none', briefing, run, parts),
  ]);
}

async function act(
  incident: Incident,
  run: Run,
  turn: EntryNamed<'model-turn'>,
  parts: StageParts,
): Promise<Incident> {
  const briefing = briefingOf(incident, run, parts);
  const submitted = turn.toolUses.find(({ tool }) => tool === SUBMIT);
  const submission = submitted && submissionOf(submitted, briefing, run);
  if (submission?.status === 'taken') {
    const entry = reached(submission, turn.model, briefing, run, parts);
    // A finding that arrives between is judged in another turn: the verdict did not know of it.
    const unseen = (state: Incident) =>
      state.findings.length !== incident.findings.length || runOf(state, run.stage).outdated;
    return append(
      incident,
      parts,
      run,
      `turn#${turn.turn}#verdict#${incident.findings.length}`,
      [entry],
      unseen,
    );
  }
  const results = await Promise.all(
    turn.toolUses.map(async (use): Promise<EntryOf<'fact'>> => {
      const evidence =
        use.tool === SUBMIT && submission?.status === 'refused'
          ? failure(SUBMIT, '', submission.reason)
          : await parts.tools.call(use, briefing);
      const { generation, stage } = run;
      return { type: 'tool-called', generation, stage, turn: turn.turn, toolUseId: use.id, evidence };
    }),
  );
  return append(incident, parts, run, `turn#${turn.turn}#results`, results);
}

function submissionOf(use: ToolUse, briefing: Briefing, run: Run): Submission {
  return run.outdated
    ? { status: 'refused', reason: 'another finding arrived meanwhile; look at it and answer again' }
    : takeSubmission(use.input, briefing);
}

function reached(
  submission: Submission,
  analyst: string,
  briefing: Briefing,
  { stage, generation }: Run,
  parts: StageParts,
): EntryNamed<'verdict-reached'> {
  if (submission.status === 'refused') throw new Error(`our own verdict was refused: ${submission.reason}`);
  const { verdict, struck, untainted } = submission;
  const closes = dismisses(verdict) && verdict.confidence >= DISMISSAL_CONFIDENCE && untainted > 0;
  return {
    type: 'verdict-reached',
    generation,
    stage,
    analyst,
    verdict,
    struck,
    untainted,
    madeWith: {
      playbook: briefing.playbook.id,
      playbookDigest: lastingDigest(briefing.playbook),
      promptsDigest: promptsDigest(stage, parts.prompts, briefing.environment),
      environmentDigest: lastingDigest(briefing.environment),
      model: analyst,
    },
    next: stage === 'investigate' ? 'plan' : closes ? 'close' : 'investigate',
  };
}

/** Everything that is known in this generation. What was found in an earlier one may no longer be so. */
function briefingOf(
  incident: Incident,
  { stage }: Run,
  { playbookFor, offers, environment }: StageParts,
): Briefing {
  const playbook = playbookFor(incident);
  const evidence = entriesOf(incident, 'tool-called').map((called) => called.evidence);
  // The same question asked again was asked because it had failed: the later answer counts.
  const latest = new Map(
    evidence.filter(({ tool }) => tool !== SUBMIT).map((piece) => [`${piece.tool} ${piece.target}`, piece]),
  );
  return {
    incident: incident.id,
    stage,
    playbook,
    offers: offers.filter(({ id }) => playbook.actions.includes(id)),
    environment,
    findings: incident.findings,
    entities: incident.entities,
    evidence: [...latest.values()],
  };
}

/** A finding that came in meanwhile stands in the same chain, so that this is decided again. */
function append(
  incident: Incident,
  { ledger }: StageParts,
  { stage, generation }: Run,
  step: string,
  entries: readonly EntryOf<'fact'>[],
  unless: (state: Incident) => boolean = () => false,
): Promise<Incident> {
  return ledger.append(incident, 'fact', `${stage}#${generation}#${step}`, (state) =>
    state.generation !== generation || unless(state) ? [] : entries,
  );
}
