/** A mutant that behaves as the original does, so that no test can tell them apart. */
export interface Excuse {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
  readonly reason: string;
}

/** What is excused counts neither way; an excuse for what a test notices, or for what is no longer there, fails the run. */
export const excuses: readonly Excuse[] = [];
