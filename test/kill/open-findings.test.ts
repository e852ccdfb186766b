import { describe, expect, it } from 'vitest';
import { absent } from '../sources/open-data.ts';
import { expectAllAtRest, openFindings } from './open-findings.ts';

describe.skipIf(absent)(`every published finding${absent ? ` (skipped: ${absent})` : ''}`, () => {
  it('comes to rest without a crash, and a second run over the same files changes nothing', async () => {
    const began = performance.now();
    const { outcomes, problems } = await expectAllAtRest(openFindings());
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(
      `${outcomes.length} findings at rest, ${problems.length} files rejected, twice in ${seconds} s`,
    );
    expect(outcomes.length).toBeGreaterThan(300);
  });
});
