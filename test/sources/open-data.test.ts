import { describe, expect, test } from 'vitest';
import { matchPlaybook } from '../../functions/analyst/playbook.ts';
import { leaves } from '../../functions/core/document.ts';
import { FindingRejectedError } from '../../functions/core/errors.ts';
import { Finding } from '../../functions/core/finding.ts';
import { kindOfResourceType } from '../../functions/core/resource-type.ts';
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
  const files = ['guardduty', 'securityhub', 'ocsf'].flatMap((kind) => openFiles(kind));

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

  test.each(files)('no resource in $name is of an unknown kind where its type is known', ({ document }) => {
    const result = outcome(document);
    const types = leaves(document)
      .filter(({ path }) => /^type$/i.test(path.at(-1) ?? '') && /^resources$/i.test(path.at(-3) ?? ''))
      .map(({ value }) => kindOfResourceType(String(value)))
      .toArray();
    if (result instanceof FindingRejectedError || types.length === 0 || types.includes('other')) return;
    const targets = result.flatMap(({ entities }) => entities.filter(({ part }) => part === 'target'));
    // An ARN of a service that we have no kind for says more than the type Account beside it.
    expect(
      targets.filter(({ kind }) => kind === 'other' && !types.includes('account')).map(({ id }) => id),
    ).toEqual([]);
  });

  test('what lacks the fields that AWS always writes is rejected, and nothing else is', () => {
    const rejected = files.filter(({ document }) => outcome(document) instanceof FindingRejectedError);
    // Redacted account ids make all entities claims, not the finding void.
    expect(rejected.map(({ name }) => /__(.+)\.json$/.exec(name)?.[1])).toEqual([
      'malformed-invalid-data-types',
      'malformed-missing-required-fields',
      // A template without an ARN, an account and a region, and a sample without any time.
      'templates-gd2acl_test_event',
      'aws-guardduty-012-Discovery-S3-BucketEnumeration.Unusual',
    ]);
  });
});
