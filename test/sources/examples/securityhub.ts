import { bareControl } from '../bare.ts';
import { inAsff } from '../forwarded.ts';

/** A finding that GuardDuty made, and one of a control. */
export const examples: readonly Record<string, unknown>[] = [inAsff(), bareControl()];
