import { describe, expect, test } from 'vitest';
import { runStage } from '../../functions/analyst/loop.ts';
import { FindingRejectedError } from '../../functions/core/errors.ts';
import type { Finding } from '../../functions/core/finding.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { absent, openFiles } from '../sources/open-data.ts';
import { INCIDENT, stageOver } from './bench.ts';

function findingsOf(document: unknown): readonly Finding[] {
  try {
    return normalise(document);
  } catch (error) {
    if (error instanceof FindingRejectedError) return [];
    throw error;
  }
}

describe.skipIf(absent)(`public findings in an empty account${absent ? ` (skipped: ${absent})` : ''}`, () => {
  test.each(['guardduty', 'securityhub'])(
    'no %s finding is closed but a control that passed',
    async (kind) => {
      for (const { name, document } of openFiles(kind))
        for (const finding of findingsOf(document)) {
          const parts = await stageOver([finding]);
          const { next } = await runStage(parts);
          const passed = finding.facts.complianceStatus === 'PASSED' && finding.metadata.aws_owned;
          expect(next, name).toBe(passed ? 'close' : 'investigate');
          if (next === 'close') continue;
          expect(await runStage({ ...parts, stage: 'investigate' }), name).toEqual({ next: 'plan' });
          const { verdict, entities } = await parts.ledger.read(INCIDENT);
          expect(verdict?.struck, name).toBe(0);
          const targets = verdict?.verdict.proposals.map(({ target }) => target) ?? [];
          for (const entity of entities)
            if (targets.includes(entity.handle)) expect(entity.trust).not.toBe('claimed');
        }
    },
  );
});
