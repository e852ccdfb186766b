import * as z from 'zod';

/** What the state machine gives every function. A handler accepts its own contract version and the one before. */
export const StepInput = z.object({
  version: z.literal(1),
  incidentId: z.string().regex(/^INC-[0-9A-Z]{16}$/),
  generation: z.number().int().positive(),
  event: z
    .enum(['finding', 'rollback', 'look-again', 'planned', 'answered', 'lease-ended', 'contained'])
    .default('finding'),
  taskToken: z.string().optional(),
  error: z.looseObject({ Error: z.string().optional(), Cause: z.string().optional() }).optional(),
});
export type StepInput = z.infer<typeof StepInput>;

/** Where the state machine goes next; `timeoutSeconds` is for the state that waits. */
export interface Step {
  readonly next: string;
  readonly timeoutSeconds: number;
}

export function step(next: string, timeoutSeconds = 0): Step {
  return { next, timeoutSeconds };
}
