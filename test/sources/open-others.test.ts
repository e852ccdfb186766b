import { describe, expect, test } from 'vitest';
import { matchPlaybook } from '../../functions/analyst/playbook.ts';
import { Finding } from '../../functions/core/finding.ts';
import { kindOfResourceType } from '../../functions/core/resource-type.ts';
import { playbooks } from '../../functions/generated/policies.gen.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { absent, openFiles } from './open-data.ts';

/** It tells of the state of a preview, and of no access at all. */
const noFinding = /Access-Preview-State-Change/;

describe.skipIf(absent)(`public findings of other services${absent ? ` (skipped: ${absent})` : ''}`, () => {
  const files = ['accessanalyzer', 'config', 'inspector', 'macie'].flatMap((kind) => openFiles(kind));
  const findings = files.filter(({ name }) => !noFinding.test(name));

  test.each(findings)('$name becomes a finding', ({ document }) => {
    const result = normalise(document);
    expect(result.length).toBeGreaterThan(0);
    for (const finding of result) {
      expect(Finding.parse(finding)).toEqual(finding);
      expect(matchPlaybook(finding.finding_info.type, playbooks).id).toBeTruthy();
    }
  });

  test.each(findings)('$name has a target, of a kind that we know where we know its type', ({ document }) => {
    for (const finding of normalise(document)) {
      const targets = finding.entities.filter(({ part }) => part === 'target');
      expect(targets.length).toBeGreaterThan(0);
      const type = String(finding.facts.resourceType ?? '');
      if (kindOfResourceType(type) !== 'other')
        expect(targets.map(({ kind }) => kind)).not.toContain('other');
      if (type.startsWith('AWS_')) expect(targets.map(({ kind }) => kind)).not.toContain('other');
    }
  });

  test('what is no finding is rejected with the reason, and nothing else is', () => {
    const others = files.filter(({ name }) => noFinding.test(name));
    expect(others).toHaveLength(1);
    for (const { document } of others) expect(() => normalise(document)).toThrow('no source accepts');
  });
});
