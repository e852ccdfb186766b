import { expect, test } from 'vitest';
import { narrate } from '../../cli/narrate.ts';
import { emptyIncident } from '../../functions/core/incident.ts';
import { manifestHash } from '../../functions/core/plan.ts';
import { INCIDENT, manifest } from '../console/story.ts';

test('a plan is told step by step, with what undoing each of them costs', () => {
  const [first, second] = manifest.actions.map((action) => ({ ...action }));
  if (!first || !second) throw new Error('the story has two steps');
  const third = { ...first, id: 'a3', undoing: 'harmless' as const };
  const told = { ...manifest, actions: [first, second, third] };
  const lines = narrate(
    {
      entry: {
        type: 'plan-proposed',
        generation: 1,
        manifest: told,
        manifestHash: manifestHash(told),
        blastRadius: {},
      },
    },
    emptyIncident(INCIDENT),
  ).map(({ text }) => text);
  expect(lines).toContain('a1 Undoing it gives nobody access back, but loses what was kept as evidence.');
  expect(lines).toContain('a2 Undoing it gives access, or cover, back to whoever was kept from it.');
  expect(lines).toContain('a3 Undoing it gives nobody access back and loses nothing.');
});
