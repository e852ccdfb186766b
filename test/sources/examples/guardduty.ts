import { activeTypes } from '../../../functions/sources/guardduty/active-types.ts';
import { findingOf, shapesOf } from '../guardduty-shapes.ts';

/** A finding of each active type, in each form that it has. */
export const examples: readonly Record<string, unknown>[] = Object.values(activeTypes)
  .flatMap(Object.keys)
  .flatMap((type) => shapesOf(type).map((shape) => findingOf(type, 5, shape)));
