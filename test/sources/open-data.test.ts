import { describe, expect, test } from 'vitest';
import { matchPlaybook } from '../../functions/analyst/playbook.ts';
import { leaves } from '../../functions/core/document.ts';
import { FindingRejectedError } from '../../functions/core/errors.ts';
import { Finding } from '../../functions/core/finding.ts';
import { playbooks } from '../../functions/generated/policies.gen.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { absent, openFiles } from './open-data.ts';

/** Identifiers in the resource sections, by shape, wherever they stand in a document. */
const identifier = /^(i-[0-9a-z]{8,17}|(AKIA|ASIA)[A-Z0-9]{12,20}|sg-[0-9a-f]{8,17}|eni-[0-9a-f]{8,17})$/;

function outcome(document: unknown): readonly Finding[] | FindingRejectedError {
  try {
    return normalise(document);
  } catch (error) {
    if (error instanceof FindingRejectedError) return error;
    throw error;
  }
}

describe.skipIf(absent)(`public findings${absent ? ` (skipped: ${absent})` : ''}`, () => {
  const files = [...openFiles('guardduty'), ...openFiles('securityhub')];

  test.each(files)('$name becomes findings, or is rejected with a reason', ({ document }) => {
    const result = outcome(document);
    if (result instanceof FindingRejectedError) {
      expect(result.message).toMatch(/^(GuardDuty|Security Hub) finding .+: \w+(\.\w+)* ?(is missing|:)/);
      return;
    }
    expect(result.length).toBeGreaterThan(0);
    for (const finding of result) {
      expect(Finding.parse(finding)).toEqual(finding);
      expect(matchPlaybook(finding.finding_info.type, playbooks).id).toBeTruthy();
    }
  });

  test.each(files)('every identifier in $name is an entity', ({ document }) => {
    const result = outcome(document);
    if (result instanceof FindingRejectedError) return;
    const named = leaves(document)
      .filter(({ path, value }) => identifier.test(String(value)) && /resource/i.test(path.join('.')))
      .map(({ value }) => String(value))
      .toArray();
    const ids = result.flatMap(({ entities }) => entities.map(({ id }) => id));
    for (const id of named) expect(ids).toContain(id);
  });

  test('what lacks the fields that AWS always writes is rejected, and nothing else is', () => {
    const rejected = files.filter(({ document }) => outcome(document) instanceof FindingRejectedError);
    // 313 of 317 are complete enough; redacted account ids make all their entities claims, not the finding void.
    expect(rejected.length).toBeLessThan(files.length * 0.02);
    expect(rejected.map(({ name }) => name)).toEqual(
      expect.arrayContaining(files.map(({ name }) => name).filter((name) => name.includes('malformed'))),
    );
  });
});
