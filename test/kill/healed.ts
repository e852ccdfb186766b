import { expect } from 'vitest';
import type { Story } from '../e2e/victims.ts';
import { sweep } from './sweep.ts';

/** Sweeps a story, prints the counts, and fails with a line for each kill that was not healed. */
export async function expectHealed(
  story: Story,
  functions: readonly string[],
  lanes?: number,
): Promise<void> {
  const began = performance.now();
  const { unhealed, points, missed, incidents, toldTwice } = await sweep(story, functions, lanes);
  const swept = Object.values(points).reduce((sum, count) => sum + count, 0);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${story}: ${swept - missed.length} kills at ${swept} points in ${incidents} incidents, ${incidents - unhealed.length} healed, ${toldTwice} messages repeated, ${seconds} s`,
    points,
  );
  expect(unhealed).toEqual([]);
  // A run may make a call less than the one that was counted: a race that was not lost, a page that was not read.
  expect(missed.length).toBeLessThan(swept * 0.05);
}
