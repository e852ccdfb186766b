import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { sources } from '../functions/sources/registry.gen.ts';

/**
 * The events that hold findings, by the name of their rule. What a source parses is what its rule lets through: a
 * finding that no rule takes would be lost in silence.
 */
export function findingPatterns(): [name: string, pattern: EventPattern][] {
  return sources.flatMap(({ id, eventPatterns }) =>
    eventPatterns.map(({ source, detailType, detail }, index): [string, EventPattern] => [
      `${id}-${index}`,
      { source: [...source], detailType: [...detailType], ...(detail && { detail }) },
    ]),
  );
}
