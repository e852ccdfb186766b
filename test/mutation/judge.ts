import type { Loaded, Observed, Outcome, Trial } from './jobs.ts';
import type { Mutant } from './mutants.ts';
import { type Loading, share, startWorker, type Worker } from './workers.ts';

/** `not reached` by any test; `at load` is only reached while modules are loaded, once, and so cannot be tried here. */
export type Judged = Mutant & { readonly outcome: Outcome | 'not reached' | 'at load' };

interface Question {
  readonly mutants: readonly Mutant[];
  readonly sources: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  /** Whether tests of an outermost suite are asked, by its name. */
  readonly isAsked: (suite: string) => boolean;
  readonly workers: number;
  /** Told of each mutant as soon as its outcome is known. */
  readonly onJudged: (judged: Judged) => void;
}

type MutantTrial = Omit<Trial, 'mutant'> & { readonly mutant: Mutant };

/** Throws where a test fails without any mutant. */
export async function judge({
  mutants,
  sources,
  files,
  isAsked,
  workers: count,
  onJudged,
}: Question): Promise<readonly Judged[]> {
  const loading: Loading = { kind: 'load', sources, files };
  const start = () => startWorker(loading);
  const workers = await Promise.all(Array.from({ length: count }, start));
  try {
    const { tests, atLoad } = workers[0]?.loaded ?? { tests: [], atLoad: [] };
    const suites = suitesOf(tests, isAsked);
    const observed = await observe(suites, workers);
    const trials = trialsOf(mutants, observed, suites);
    const outcomes = await attempt(trials, workers, start, onJudged);
    return mutants.map((mutant) => ({
      ...mutant,
      outcome: outcomes.get(mutant) ?? (atLoad.includes(mutant.id) ? 'at load' : 'not reached'),
    }));
  } finally {
    for (const worker of workers) worker.stop();
  }
}

/** The tests of each outermost suite; a test that is in none is by itself. */
function suitesOf(tests: Loaded['tests'], isAsked: Question['isAsked']): readonly (readonly number[])[] {
  const indexes = tests.flatMap(({ names: [outermost = ''] }, index) => (isAsked(outermost) ? [index] : []));
  const keyOf = (index: number) => {
    const { file, names = [] } = tests[index] ?? {};
    return names.length > 1 ? `${file} ${names[0]}` : `${index}`;
  };
  return Object.values(Object.groupBy(indexes, keyOf)).map((suite = []) => suite);
}

async function observe(suites: readonly (readonly number[])[], workers: Worker[]): Promise<Observed> {
  const observed: Observed[] = [];
  const ask = async (tests: readonly number[], worker: Worker) => {
    const answer = await worker.ask({ kind: 'observe', tests });
    if (!answer || !('observed' in answer)) throw new Error('a test ends the process without any mutant');
    observed.push(answer.observed);
    return 'goes on' as const;
  };
  await share(suites, workers, ask, () => Promise.reject(new Error('no worker is spoilt by observing')));
  return Object.assign({}, ...observed);
}

function trialsOf(
  mutants: readonly Mutant[],
  observed: Observed,
  suites: readonly (readonly number[])[],
): readonly MutantTrial[] {
  const tests = Object.entries(observed).sort(([, a], [, b]) => a.milliseconds - b.milliseconds);
  // A busy machine is no endless loop.
  const limits = Object.fromEntries(
    tests.map(([index, { milliseconds }]) => [index, 10_000 + 10 * milliseconds]),
  );
  return mutants.flatMap((mutant) => {
    const { id } = mutant;
    const reached = tests.filter(([, { hits }]) => hits[id] !== undefined);
    if (reached.length === 0) return [];
    const reaching = reached.map(([index]) => Number(index));
    const others = suites.filter((suite) => suite.some((index) => reaching.includes(index))).flat();
    const hitLimit = 1000 + 100 * Math.max(...reached.map(([, { hits }]) => hits[id] ?? 0));
    return [{ mutant, order: [...new Set([...reaching, ...others])], hitLimit, limits }];
  });
}

async function attempt(
  trials: readonly MutantTrial[],
  workers: Worker[],
  start: () => Promise<Worker>,
  onJudged: Question['onJudged'],
): Promise<ReadonlyMap<Mutant, Outcome>> {
  const outcomes = new Map<Mutant, Outcome>();
  const ask = async ({ mutant, ...trial }: MutantTrial, worker: Worker) => {
    const answer = await worker.ask({ kind: 'try', mutant: mutant.id, ...trial });
    const outcome = answer && 'outcome' in answer ? answer.outcome : 'timed out';
    outcomes.set(mutant, outcome);
    onJudged({ ...mutant, outcome });
    return outcome === 'timed out' ? 'is spoilt' : 'goes on';
  };
  await share(trials, workers, ask, start);
  return outcomes;
}
