import type * as z from 'zod';
import type { Action } from './account.ts';

/** What is told of an action to those who may propose it, and nothing of how it works. */
export interface Offer extends Pick<Action, 'id' | 'title' | 'targets' | 'answers'> {
  /** JSON Schema of the parameters. */
  readonly params: z.core.JSONSchema.JSONSchema;
}
