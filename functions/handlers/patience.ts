import { setTimeout as pause } from 'node:timers/promises';
import type { Patience } from '../response/exhibit-files.ts';

/** Waits so many milliseconds for a piece of work, and no longer; what it still does then is of no interest. */
export function within(milliseconds: number): Patience {
  return async (work) => {
    const waiting = new AbortController();
    const late = pause(milliseconds, undefined, { signal: waiting.signal }).then(() => {
      throw new Error(`no answer within ${milliseconds / 1000} seconds`);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      // The wait rejects when it is aborted, and nobody is left to hear it.
      late.catch(() => undefined);
      waiting.abort();
    }
  };
}
