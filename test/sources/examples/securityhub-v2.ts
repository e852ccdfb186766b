import { inOcsf } from '../forwarded.ts';

/** A finding that GuardDuty made. */
export const examples: readonly Record<string, unknown>[] = [inOcsf()];
