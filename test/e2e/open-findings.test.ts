import { describe, expect, it } from 'vitest';
import { absent } from '../sources/open-data.ts';
import { expectAllAtRest, openFindings } from './open-findings.ts';

describe.skipIf(absent)(`findings that people published${absent ? ` (skipped: ${absent})` : ''}`, () => {
  it('come to rest, one of forty here and all in the slow suite', async () => {
    const sample = openFindings().filter((name, index) => index % 40 === 0 || name.includes('malformed'));
    const { problems } = await expectAllAtRest(sample);
    expect(problems.every(({ file }) => file.includes('malformed'))).toBe(true);
  });
});
