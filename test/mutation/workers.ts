import { type ChildProcess, fork } from 'node:child_process';
import type { Answer, Job, Loaded } from './jobs.ts';

export type Loading = Extract<Job, { kind: 'load' }>;

export interface Worker {
  readonly loaded: Loaded;
  /** Undefined where no answer came in time, or the process died: another worker has to be started then. */
  ask(job: Job): Promise<Answer | undefined>;
  stop(): void;
}

const PROGRAM = new URL('./worker.ts', import.meta.url);
/** What hangs without giving its time limits a turn is given up after this many milliseconds. */
const STUCK = 300_000;

/** A process that has loaded the tests over the mutated sources. Throws where it cannot. */
export async function startWorker(loading: Loading): Promise<Worker> {
  const child = fork(PROGRAM);
  const loaded = await ask(child, loading);
  if (loaded === undefined || !('loaded' in loaded)) throw new Error('the tests could not be loaded');
  return {
    loaded: loaded.loaded,
    ask: (job) => ask(child, job),
    stop: () => void child.kill('SIGKILL'),
  };
}

function ask(child: ChildProcess, job: Job): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      clearTimeout(timer);
      child.removeAllListeners();
      settle();
    };
    const timer = setTimeout(() => done(() => resolve(undefined)), STUCK);
    child.once('exit', () => done(() => resolve(undefined)));
    child.once('error', () => done(() => resolve(undefined)));
    child.once('message', (answer: Answer) =>
      done(() => ('error' in answer ? reject(new Error(answer.error)) : resolve(answer))),
    );
    child.send(job);
  });
}

/** Does each job once, on whichever worker is free. A worker that a job has spoilt is replaced. */
export async function share<T>(
  jobs: readonly T[],
  workers: Worker[],
  work: (job: T, worker: Worker) => Promise<'goes on' | 'is spoilt'>,
  replace: () => Promise<Worker>,
): Promise<void> {
  const waiting = jobs.values();
  await Promise.all(
    workers.map(async (first, place) => {
      let worker = first;
      for (const job of waiting) {
        if ((await work(job, worker)) === 'goes on') continue;
        worker.stop();
        worker = await replace();
        workers[place] = worker;
      }
    }),
  );
}
