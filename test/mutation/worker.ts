import { registerHooks } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import type { Answer, Job, Loaded, Observed, Outcome, Trial } from './jobs.ts';
import { collect, namesOf, run, type Suite, type Test, testsOf } from './suites.ts';
import { switchboard } from './switchboard.ts';

/** One process of the mutation run: it loads the tests over the mutated sources once, and runs them as it is asked. */
process.on('message', (job: Job) => {
  void answer(job)
    .catch((error: unknown): Answer => ({ error: inspect(error) }))
    .then((answered) => process.send?.(answered));
});
process.on('disconnect', () => process.exit());
// What a failed test leaves behind, such as calls to a server that is closed, concerns no later test.
process.on('unhandledRejection', () => undefined);

const SUITES = new URL('./suites.ts', import.meta.url).href;
let tests: readonly Test[] = [];

async function answer(job: Job): Promise<Answer> {
  switch (job.kind) {
    case 'load':
      return { loaded: await load(job.sources, job.files) };
    case 'observe':
      return { observed: await observe(job.tests) };
    case 'try':
      return { outcome: await attempt(job) };
  }
}

async function load(sources: Readonly<Record<string, string>>, paths: readonly string[]): Promise<Loaded> {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vitest' && context.parentURL !== SUITES
        ? { url: SUITES, shortCircuit: true }
        : next(specifier, context),
    load(url, context, next) {
      const source = url.startsWith('file:') ? sources[relative('.', fileURLToPath(url))] : undefined;
      if (source === undefined) return next(url, context);
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
  const collected: Suite[] = [];
  for (const path of paths) collected.push(await collect(path));
  tests = collected.flatMap(testsOf);
  return {
    tests: tests.map((test) => ({ file: test.file, names: namesOf(test) })),
    atLoad: Object.keys(switchboard.mutantCoverage?.static ?? {}),
  };
}

/** Runs tests over the sources as they are. Throws where one fails: then no mutation can be judged. */
async function observe(indexes: readonly number[]): Promise<Observed> {
  const observed: Record<number, Observed[number]> = {};
  await run(pick(indexes), async (test, work) => {
    const id = `${tests.indexOf(test)}`;
    switchboard.currentTestId = id;
    const start = performance.now();
    try {
      await work();
    } catch (cause) {
      throw new Error(`${[test.file, ...namesOf(test)].join(' > ')} fails without any mutant`, { cause });
    } finally {
      switchboard.currentTestId = undefined;
    }
    const hits = switchboard.mutantCoverage?.perTest[id] ?? {};
    observed[Number(id)] = { milliseconds: performance.now() - start, hits };
  });
  return observed;
}

async function attempt({ mutant, order, hitLimit, limits }: Trial): Promise<Outcome> {
  Object.assign(switchboard, { activeMutant: mutant, hitCount: 0, hitLimit });
  try {
    await run(pick(order), (test, work) => inTime(work(), limits[tests.indexOf(test)] ?? 0));
    return 'survived';
  } catch (error) {
    return error instanceof TimeLimitError || Number(switchboard.hitCount) > hitLimit
      ? 'timed out'
      : 'killed';
  } finally {
    Object.assign(switchboard, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
  }
}

function pick(indexes: readonly number[]): readonly Test[] {
  return indexes.flatMap((index) => tests[index] ?? []);
}

class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

async function inTime(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError()), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
