import { it } from 'vitest';
import { expectHealed } from './healed.ts';

it('people are told of what nothing can be done about, whenever the escalation or the projection is killed', () =>
  expectHealed('gone-key', ['escalate', 'project']));
