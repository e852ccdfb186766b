import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Activity } from './activity.ts';
import { alarm } from './alarm.ts';
import { DurableMap } from './durable.ts';
import type { Emit } from './events.ts';
import type { Stack } from './template/stack.ts';

/** What every service of the control plane is built from. */
export interface Home {
  readonly stack: Stack;
  readonly stateDirectory: string;
  readonly activity: Activity;
  readonly now: () => Date;
  readonly emit: Emit;
  /** Milliseconds after which what failed is tried again: AWS waits for a visibility time-out instead. */
  readonly retryDelay: number;
  /** Aborted when the cloud stops: what fails from then on failed because of that, and is not recorded. */
  readonly stopped: AbortSignal;
}

/** Waits before a retry. Answers false if the cloud was stopped meanwhile. */
export async function pauseBeforeRetry(home: Home): Promise<boolean> {
  await sleep(home.retryDelay, undefined, { signal: home.stopped }).catch(() => undefined);
  return !home.stopped.aborted;
}

/** A durable map in the state folder. */
export function durable<Value>(home: Home, ...path: readonly string[]): DurableMap<Value> {
  return new DurableMap<Value>(`${join(home.stateDirectory, ...path)}.jsonl`);
}

/** A timer that the cloud's stop cancels. Returns the function that cancels it before. */
export function alarmUntilStop({ stopped }: Home, milliseconds: number, ring: () => void): () => void {
  const cancelTimer = alarm(milliseconds, () => {
    stopped.removeEventListener('abort', cancel);
    ring();
  });
  const cancel = (): void => {
    stopped.removeEventListener('abort', cancel);
    cancelTimer();
  };
  stopped.addEventListener('abort', cancel);
  return cancel;
}
